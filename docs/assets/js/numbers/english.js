// The grammar of number phrases in English: a closed one that refuses what it does not understand.

import { Decimal, ZERO } from "./decimal.js"
import { lexicon, matchAt, searchBefore } from "./lexicon.js"
import { dateQuantity, measure, number, numberInDigits, quantity, read, shareOf } from "./numerals.js"
import { isAlphanumeric, isDigit, Scanner } from "./scanner.js"
import { english as words } from "./words.js"

const TABLES = lexicon(words)
const P = TABLES.patterns
const NUMERALS = { ...words.ones, ...words.tens }
const NAMES = Object.fromEntries(Object.entries(words.scales).map(([name, power]) => [power, name]))
const STOP_WORDS = new Set(words.stop_words)
const NOT_COUNTED = new Set(words.not_counted)
const FUNCTION_WORDS = new Set(words.function_words)
const SAME_IN_PLURAL = new Set(words.same_in_plural)
const YEAR_WORDS = new Set([...Object.keys(words.months), ...words.year_words])
const LARGEST_FIRST = [...Object.entries(words.scales), ["hundred", 2]].sort((one, other) => other[1] - one[1])
const AND_PART = new RegExp(words.patterns.and_part, "g")
const LOOK_BACK = 40
const LONGEST = 40 // words of a numeral; longer ones are rows of words
const has = (table, word) => Object.hasOwn(table, word)

export function scan(text) {
  return new English(text).scan()
}

class English extends Scanner {
  constructor(text) {
    super(TABLES, text, text.replace(/[A-Z]/g, (letter) => letter.toLowerCase()).replaceAll("\u00a0", " "))
  }

  // Numbers

  number(at) {
    if (!isDigit(this.lower[at])) return this.share(at) ?? this.spelled(at)
    let found = this.digits(at)
    const part = found.power ? null : this.match("and_part", found.end)
    if (part) {
      const share = partOf(part) // "2 and a half million"
      if (typeof share === "string" || !found.plain) return { ...found, end: part.end, refusal: "no-exact-decimal" }
      found = this.scaled({ ...found, end: part.end, value: found.value.plus(share), plain: false })
    }
    if (!found.power && this.match("word_behind", found.end)) return null
    while (found.power && this.match("next_digits", found.end)) {
      const lower = this.digits(found.end + 1) // "5 trillion 600 billion"
      if (lower.refusal || !lower.power || lower.power >= found.power || lower.value.shifted(-found.power).atLeast(1)) break
      found = { ...found, end: lower.end, value: found.value.plus(lower.value) }
    }
    return this.lower[found.end] === "+" ? { ...found, end: found.end + 1, more: true } : found
  }

  digits(at) {
    const spaced = matchAt(P.spaced, this.text, at)
    if (spaced) return this.scaled(number(at, spaced.end, ZERO, { refusal: "ambiguous-separator" }))
    return this.scaled(numberInDigits(this.text, at))
  }

  // The number with the scale word behind it, if there is one.
  scaled(found) {
    const scale = this.match("scales_behind", found.end)
    if (!scale || (scale[3] && !has(TABLES.codes, scale[4].toUpperCase()))) return found
    const [, word, short, glued] = scale
    const power = word ? words.scales[word] : words.short_scales[short ?? glued]
    return {
      ...found, end: scale.end, value: found.value.shifted(power), power, scale: NAMES[power],
      plain: short?.length === 1, loose: found.loose || short === "mm",
    }
  }

  // Threefold, "half a million", "three-quarters of a percentage point", "two-fifths".
  share(at) {
    let found = this.match("fold", at)
    if (found) {
      return number(at, found.end, words.ones[found[1]], { spelled: true, measure: measure("multiple", found.end) })
    }
    found = this.match("fraction", at)
    if (found) {
      const share = partOf(found)
      const power = words.scales[found[4] ?? ""] ?? 0
      const end = power ? this.lower.indexOf(found[4], found.end) + found[4].length : found.end
      if (typeof share === "string") return number(at, end, ZERO, { spelled: true, refusal: share })
      return number(at, end, share.shifted(power), { spelled: true, power, scale: NAMES[power] ?? null })
    }
    found = this.match("share", at)
    if (!found) return null
    const of = this.lower.startsWith(" of", found.end)
    if (/^(?:a|one|half)/.test(found[0]) && !of) return null
    if (found[0].includes("quarter") && !found[0].includes("-") && !of) return null
    const share = partOf(found)
    const more = { spelled: true, measure: measure("percent", found.end, { factor: 2 }) }
    if (typeof share === "string") return number(at, found.end, ZERO, { ...more, refusal: share })
    return number(at, found.end, share, more)
  }

  // A number in words: "seven hundred million", "two and a half", "one point two million".
  spelled(at) {
    const run = this.match("spelled", at)
    if (!run) return null
    // "and a half" becomes a term of its own: two +0.5 million.
    const plain = run[0].replace(AND_PART, (...part) => ` +${partOf(part)}`)
    const parts = plain.match(/[+a-z0-9.]+/g).map((word) => word.replace("lions", "lion"))
    const power = Math.max(...parts.map((word) => words.scales[word] ?? 0))
    if (["a", "an"].includes(parts[0]) && !power) return null // "a hundred people", "a dozen"
    const value = parts.length > LONGEST ? null : evaluate(parts.filter((word) => word !== "and"))
    const vague = parts[0] === "one" && parts[1] === "point" && this.lower.slice(0, at).endsWith("at ")
    const broken = plain.includes("no-exact-decimal") ? "no-exact-decimal" : "malformed"
    const refusal = vague ? "vague" : value ? null : broken
    return number(at, run.end, refusal ? ZERO : value, { power, scale: NAMES[power] ?? null, spelled: true, refusal })
  }

  // Before a number

  isMoved(joint, start, floor) {
    const ahead = (pattern, size) => searchBefore(pattern, this.lower, Math.max(floor, start - size), start)
    if (joint === "and") return !ahead(P.between, 20)
    return joint === "to" && Boolean(ahead(P.moved, 24) || ahead(P.away_from, 20))
  }

  wordBefore(at) {
    if (at < 2 || this.lower[at - 1] !== " ") return ""
    const start = this.lower.lastIndexOf(" ", at - 2) + 1
    return this.text.slice(Math.max(start, at - LOOK_BACK), at - 1).replace(/^[([“"'‘—–]+/, "")
  }

  // Whether a capitalised word before the number makes it part of a name: "Boeing 737".
  isName(found) {
    const word = this.wordBefore(found.start)
    const lower = word.toLowerCase()
    if (!/^[A-Za-z][A-Za-z.'-]*$/.test(word) || word === lower) return false
    return !FUNCTION_WORDS.has(lower) && !TABLES.hedges.has(lower)
  }

  // Behind a number

  measure(found) {
    const { lower } = this
    const { end, value } = found
    let match = this.match("percent", end)
    if (match) return measure("percent", match.end, { factor: match[0].includes("‰") ? -1 : 0 })
    let at = end + ([" ", "-"].includes(lower[end]) ? 1 : 0)
    at += lower[at] === " " ? 1 : 0
    const money = this.moneyAt(at, found, at > end)
    if (money) return money
    match = this.match("times", end)
    if (match) {
      const compared = !match[0].endsWith("times") || this.match("compared", match.end)
      if (compared || !value.whole || match[0][0] === "-" || match.end === lower.length) {
        return measure("multiple", match.end)
      }
      return measure("count", match.end, { unit: "times" })
    }
    if (this.match("age", end)) return measure("count", end, { refusal: "not-a-quantity" })
    match = this.match("duration", end)
    if (match && !(match[2] === "" && match[0][0] !== "-" && !value.equals(1))) {
      return measure("duration", match.end, { unit: TABLES.durations.get(match[1]) })
    }
    return this.noun(end, found)
  }

  // The counted noun behind the number, past at most three adjectives.
  noun(end, found) {
    for (const unit of ["basis_points", "square_kilometres", "square_metres"]) {
      const match = this.match(unit, end)
      if (match) return measure("count", match.end, { unit })
    }
    for (let turn = 0; turn < 4; turn += 1) {
      const match = this.match("next_word", end)
      if (!match) return null
      const word = match[1].replace(/['-]+$/, "")
      const singular = singularOf(word)
      const hyphen = this.lower[end] === "-"
      const many = singular !== word || SAME_IN_PLURAL.has(word) || found.value.equals(1)
      if (has(words.nouns, singular) && (many || hyphen)) {
        return measure("count", match.end - match[1].length + word.length, { unit: words.nouns[singular] })
      }
      if (STOP_WORDS.has(word) || (hyphen && turn === 0)) return null
      end = match.end
    }
    return null
  }

  // Whether it counts

  // Whether a plural noun, whatever it is, follows within two words: "45 sound stages".
  pluralFollows(end) {
    let at = end
    for (let turn = 0; turn < 3; turn += 1) {
      const match = this.match("next_word", at)
      if (!match || this.lower[at] === "-") return false
      const word = match[1]
      const letter = this.text[match.end - word.length]
      const named = letter !== letter.toLowerCase() && !(at === end && word.endsWith("s"))
      if (named || STOP_WORDS.has(word) || NOT_COUNTED.has(word)) return false
      if (word.length > 3 && word.endsWith("s") && !/(?:ss|us|is|'s)$/.test(word)) return true
      at = match.end
    }
    return false
  }

  counts({ low, high, measure: behind, sign }, hedged) {
    const kind = behind?.kind
    if (high && !sign && !behind && !high.power && low.plain && high.plain) return false // years, scores
    if (this.match("clock", low.end)) return false
    if (low.loose && !sign) {
      return this.text.slice(low.start, low.end).includes("·") && (low.power > 0 || kind === "percent")
    }
    if (low.refusal && !(sign || behind || low.power)) return low.refusal === "vague"
    if (sign || ["percent", "money", "multiple"].includes(kind)) return true
    if (low.power) return !low.plain || kind === "count"
    if (!behind) return this.countsAlone(low, high, hedged)
    if (low.spelled) return Boolean(behind.unit) && low.value.atLeast(2)
    if (isYear(low) && !hedged && kind === "count") return ["people", "jobs", "employees"].includes(behind.unit)
    return !this.isName(low)
  }

  // Whether a number without scale and unit is an amount: "more than 200", "25 of the".
  countsAlone(low, high, hedged) {
    if (low.spelled || (isYear(low) && !hedged)) return false
    if (!low.plain && (low.value.atLeast(1000) || high)) return true
    if (this.isName(low)) return false
    const whole = low.start === 0 && low.end === this.lower.length
    const plural = this.pluralFollows(low.end)
    if (hedged) return low.value.atLeast(100) || plural || whole
    return plural || this.match("of_the", low.end) ? low.plain : whole
  }

  // A bare number of four digits is a year where nothing else claims it.
  uncounted({ low, high, measure: behind }) {
    const clear = (end) => !isAlphanumeric(this.lower[end]) && this.lower[end] !== "-"
    if (high && isYear(low) && isYear(high) && !behind) {
      const made = quantity(low.value, "year", { bound: "range", valueMax: high.value })
      return [clear(high.end) ? read(this.text, low.start, high.end, made) : null, high.end]
    }
    if (high && low.plain && high.plain && !high.power) return [null, high.end]
    if (isYear(low) && clear(low.end)) {
      const before = low.start ? this.text[low.start - 1] : ""
      const placed = YEAR_WORDS.has(this.wordBefore(low.start).toLowerCase()) || ["(", "–", "-"].includes(before)
      const closed = low.end === this.lower.length || ".,;:)'".includes(this.lower[low.end])
      if (placed || closed || low.start === 0) {
        return [read(this.text, low.start, low.end, quantity(low.value, "year")), low.end]
      }
    }
    return [null, Math.max(low.refusal ? this.extent(low.end, true) : low.end, low.start + 1)]
  }

  isVaguePair(low, high) {
    const years = low.plain && low.value.atLeast(1000)
    return !years && !(low.power && high.power) && low.value.atLeast(0) && !low.value.zero && low.value.lessThan(high.value)
  }

  areEnds(low, high, behind, sign) { return !(sign && behind?.kind === "percent") }

  // Dates and ranks; scores, clock times, codes and shares of people are passed over.
  special(at) {
    const date = this.match("date", at)
    if (date) return this.date(date)
    const rank = isDigit(this.lower[at]) ? null : this.match("rank", at)
    if (rank) {
      const value = words.ones[rank[1]] ?? Number(rank[1])
      return [read(this.text, rank.index, rank.end, quantity(value, "rank")), rank.end]
    }
    const found = this.match("code", at) ?? this.match("out_of", at)
    return found && [null, Math.max(found.end, this.runEnd(at))]
  }

  date(found) {
    const year = found[1] ?? found[6] ?? found[8] ?? found[11]
    const day = found[3] ?? found[5] ?? found[9]
    const name = found[4] ?? found[7] ?? found[10]
    const at = found[10] ? this.lower.indexOf(name, found.index) : found.index
    if (["may", "march"].includes(name) && this.text[at] === this.text[at].toLowerCase()) return null
    if (!year) return [null, Math.max(found.end, this.runEnd(found.end - 1))]
    const made = dateQuantity(Number(year), name ? words.months[name] : Number(found[2]), day ? Number(day) : null)
    return [made && read(this.text, found.index, found.end, made), found.end]
  }
}

// The value of number words, split at the largest scale, or null where they are no number.
function evaluate(parts) {
  for (const [scale, power] of LARGEST_FIRST) {
    const at = parts.lastIndexOf(scale)
    if (at < 0) continue
    const [left, right] = [parts.slice(0, at), parts.slice(at + 1)]
    const high = evaluate(left)
    let low = right.length ? evaluate(right) : ZERO
    if (!high || !low || left.includes(scale) || (power === 2 && high.atLeast(100))) return null
    if (power > 2 && right.length === 1 && right[0][0] === "+") low = low.shifted(power) // "a million and a half"
    return low.shifted(-power).atLeast(1) ? null : high.shifted(power).plus(low)
  }
  const point = parts.indexOf("point")
  if (point >= 0) {
    const whole = evaluate(parts.slice(0, point))
    const digits = parts.slice(point + 1).map((word) => words.ones[word] ?? 10)
    return whole && Math.max(...digits) < 10 ? whole.plus(`0.${digits.join("")}`) : null
  }
  const [rest, last] = [parts.slice(0, -1), parts.at(-1) ?? ""]
  if (last === "dozen") return rest.length ? evaluate(rest)?.times(12) ?? null : null
  if (/^\+[0-9]/.test(last)) return rest.length ? evaluate(rest)?.plus(last.slice(1)) ?? null : Decimal.of(last.slice(1))
  if (parts.length === 1) return /^an?$/.test(last) ? Decimal.of(1) : has(NUMERALS, last) ? Decimal.of(NUMERALS[last]) : null
  const pair = parts.length === 2 && NUMERALS[rest[0]] > 19 && NUMERALS[last] > 0 && NUMERALS[last] < 10
  return pair ? Decimal.of(NUMERALS[rest[0]] + NUMERALS[last]) : null
}

// One half, three quarters as a decimal.
function partOf(found) {
  return shareOf(found[1] ? 1 : words.ones[found[2]], words.parts[found[1] ?? found[3]])
}

function singularOf(word) {
  if (has(words.nouns, word)) return word
  if (word.endsWith("ies")) return `${word.slice(0, -3)}y`
  return word.endsWith("s") ? word.slice(0, -1) : word
}

const isYear = ({ plain, power, value }) => plain && !power && value.atLeast(1800) && value.atMost(2099)
