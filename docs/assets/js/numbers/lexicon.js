// The tables of words.js as they are used: phrases found at a place of a text, compiled patterns.

// A table of phrases with their values that finds the longest one at a place of a text.
export class Phrases {
  constructor(phrases) {
    this.table = new Map(Object.entries(phrases))
    this.first = new Map()
    this.last = new Map()
    for (const phrase of [...this.table.keys()].sort((one, other) => other.length - one.length)) {
      for (const [sizes, edge] of [[this.first, phrase[0]], [this.last, phrase.at(-1)]]) {
        if (!sizes.has(edge)) sizes.set(edge, new Set())
        sizes.get(edge).add(phrase.length)
      }
    }
  }

  has(phrase) { return this.table.has(phrase) }
  get(phrase) { return this.table.get(phrase) ?? null }

  // The longest phrase that starts at `start` and ends no Latin word half-way.
  at(text, start) {
    for (const size of this.first.get(text[start]) ?? []) {
      const phrase = text.slice(start, start + size)
      if (this.table.has(phrase) && !splitsWord(text, start + size)) return phrase
    }
    return null
  }

  // The longest phrase that ends at `end` and starts no Latin word half-way.
  before(text, end, floor = 0) {
    for (const size of this.last.get(text[end - 1]) ?? []) {
      const start = end - size
      if (start < floor) continue
      const phrase = text.slice(start, end)
      if (this.table.has(phrase) && !splitsWord(text, start)) return phrase
    }
    return null
  }
}

const splitsWord = (text, at) => /^[A-Za-z]{2}$/.test(text.slice(Math.max(at - 1, 0), at + 1)) && at > 0

// The tables that both grammars have, and the language's own under `words`.
export function lexicon(words) {
  const patterns = {}
  for (const [name, source] of Object.entries(words.patterns)) {
    patterns[name] = new RegExp(source, source.endsWith("$") ? "g" : "y")
  }
  patterns.search = new RegExp(words.patterns.candidate, "g")
  return {
    words,
    patterns,
    codes: words.codes,
    wordlikeCodes: new Set(words.wordlike_codes),
    currencies: new Phrases(words.currency_words),
    cents: new Phrases(words.cents),
    signs: new Phrases(words.signs),
    hedges: new Phrases(words.hedges),
    hedgesAfter: new Phrases(words.hedges_after),
    durations: new Phrases(words.durations),
    nouns: new Phrases(words.nouns),
  }
}

// Matches a pattern right at `at`; the match, with its `end`, or null.
export function matchAt(pattern, text, at) {
  pattern.lastIndex = at
  const found = pattern.exec(text)
  if (found) found.end = found.index + found[0].length
  return found
}

// Searches for a pattern that ends with $ in text[floor:end], as if the text ended there.
export function searchBefore(pattern, text, floor, end) {
  pattern.lastIndex = Math.max(floor, 0)
  return pattern.exec(text.slice(0, Math.max(end, 0)))
}
