// Compare the words of a query with texts: literally, in either script, with one slip of spelling.

const HAN = /\p{Script=Han}/u
const AROUND = 40 // characters of an excerpt on each side of the words found
const LONG_WORD = 5 // from here on, a slip of one letter is forgiven
const NUMBER = /^(?:\d|[零一二两三四五六七八九十百千]+[万亿])/u
const NUMERAL_AT_END = /[\d零一二两三四五六七八九十百千万亿]$/u
const GOES_ON_BEFORE = /(?:\d[.,]?|[零一二两三四五六七八九十百千万亿])$/u
const GOES_ON_AFTER = /^(?:[.,]?\d|[零一二两三四五六七八九十百千万亿])/u

// Return a function that writes a text for comparison: simplified, lower case, without quotes.
export function foldedBy(simplified) {
  return (text) => Array.from(text.normalize("NFKC").toLowerCase().replace(/[《》“”"\u200b]/g, ""),
    (character) => simplified[character] ?? character).join("").trim().replace(/\s+/g, " ")
}

// Rank a match: the whole text, its start, inside it, a part of a word, or all words of the query.
export function rank(text, query) {
  if (text === query) return 4
  if (text.startsWith(query)) return 3
  const at = text.indexOf(query)
  if (at >= 0) return /[a-z][a-z]/.test(text.slice(at + query.length - 1, at + query.length + 1)) ? 0.5 : 2
  return query.split(" ").every((word) => text.includes(word)) ? 1 : 0
}

// Where a word stands in a text; a number never inside a longer one ("2万" in "12万", "2万亿").
function placeOf(text, word) {
  const isNumber = NUMBER.test(word)
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    const end = at + word.length
    const before = isNumber && GOES_ON_BEFORE.test(text.slice(Math.max(0, at - 2), at))
    const after = isNumber && NUMERAL_AT_END.test(word) && GOES_ON_AFTER.test(text.slice(end, end + 2))
    if (!before && !after) return at
  }
  return -1
}

// The beginning of a word that its other forms share ("investments", "invested").
const stem = (word) => (HAN.test(word) || word.length < LONG_WORD ? word : word.slice(0, Math.ceil(word.length * 0.7)))

// Find the words of a query in a text: the place of the first one and its length, or null.
export function wordsIn(text, query, isNumber) {
  const literal = placeOf(text, query)
  if (literal >= 0) return { at: literal, length: query.length }
  if (isNumber) return null
  const places = query.split(" ").map((word) => placeOf(text, stem(word)))
  if (places.some((at) => at < 0)) return null
  return { at: places[0], length: stem(query.split(" ")[0]).length }
}

// The engine divides Chinese texts into words of its own: ask for the start of each long run too.
export function queriesFor(query) {
  const runs = query.match(/\p{Script=Han}{3,}/gu) ?? []
  return [query, ...runs.map((run) => run.slice(0, 2))]
}

// Cut the surroundings of a place out of a text, as [before, found, after].
export function excerptAround(text, { at, length }) {
  const start = at < AROUND ? 0 : text.indexOf(" ", at - AROUND) + 1 || at - AROUND
  const from = start > at ? at - AROUND : start
  return [text.slice(from, at), text.slice(at, at + length), text.slice(at + length, at + length + AROUND)]
}

// The engine ends blocks with a half-width full stop; after Chinese it becomes a Chinese one.
export function chineseStops(text) {
  return text.replace(/(?<=[\p{Script=Han}》”）])\. ?|(?<=\S)\. (?=[\p{Script=Han}《“])/gu, "。")
}

// Whether two words differ by one letter left out, added, changed or swapped with its neighbour.
function isOneSlip(one, other) {
  if (Math.abs(one.length - other.length) > 1 || one === other) return false
  let start = 0
  while (start < one.length && one[start] === other[start]) start += 1
  const [a, b] = [one.slice(start), other.slice(start)]
  return a.slice(1) === b.slice(1) || a.slice(1) === b || a === b.slice(1) ||
    (a[0] === b[1] && a[1] === b[0] && a.slice(2) === b.slice(2))
}

// The query with each unknown word replaced by the known one that a single slip makes of it.
export function corrected(query, known) {
  return query.split(" ").map((word) => {
    if (word.length < LONG_WORD || HAN.test(word) || /\d/.test(word) || known.has(word)) return word
    return [...known].find((one) => one.length >= LONG_WORD && isOneSlip(word, one)) ?? word
  }).join(" ")
}
