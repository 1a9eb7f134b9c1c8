// Whole number phrases in English: a closed grammar that refuses what it does not understand.
// The Python grammar of this project is its twin; both read the same tables and the same tests.

import { Decimal, ZERO } from "./decimal.js"
import { BLOB, valueOf } from "./numerals.js"
import {
  anyOf, combine, dateQuantity, matchAt, measure, negative, number, percentOf, quantity, read,
  searchBefore, withBounds,
} from "./phrase.js"
import { english as words } from "./words.js"

const raw = String.raw
const GAP = raw`[ \u00a0]`
const keys = (table) => anyOf(Object.keys(table))
const ONES = keys(words.ONES)
const MONTH = keys(words.MONTHS)
const at = (pattern, flags = "") => new RegExp(pattern, `y${flags}`)
const before = (pattern) => new RegExp(pattern, "g")
const has = (table, word) => Object.hasOwn(table, word)
const isDigit = (character) => character >= "0" && character <= "9"
const isAlphanumeric = (character) => /[\p{L}\p{N}]/u.test(character)

// Numerals: digits with their scales, and numbers in words.

const NUMBER_WORD = anyOf([...Object.keys(words.ONES), ...Object.keys(words.TENS), "hundred", "half", "quarter"])
const SCALES = keys(words.SCALES)
const CANDIDATES =
  raw`[0-9]|\b(?:${ONES})-?fold\b|\ban?${GAP}(?:${keys(words.PARTS)})\b(?=${GAP}of\b)` +
  raw`|\b(?:${NUMBER_WORD}|an?(?=${GAP}(?:quarter${GAP}of${GAP}a|hundred|${SCALES})\b))\b`
const [CANDIDATE, CANDIDATE_HERE] = [before(CANDIDATES), at(CANDIDATES)]
const DIGITS = at(BLOB)
const SCALE_WORD = at(raw`(?:${GAP}|-)?(${SCALES})s?\b`)
const SHORT_SCALE = at(raw`${GAP}?(${keys(words.SHORT_SCALES)})(?![a-z0-9²³])`, "i")
const SECOND_SCALE = at(raw`(?:${GAP}(?:hundred|${SCALES})s?\b)+`)
const TIMES = at(raw`${GAP}?-?fold\b|x\b|${GAP}times\b`)
const RUN = at(raw`[0-9a-z]+(?:[.,'-][0-9a-z]+)*`)
const WORD = at("[a-z]+")
const FRACTION = at(
  raw`(half|quarter|a${GAP}quarter)${GAP}(?:of${GAP})?(?:a|an|one)?${GAP}?(${SCALES})\b`,
)
const SPACED = at(raw`[0-9]{1,3}(?: [0-9]{3})+(?![0-9,.])`)

// The end of the run of letters and digits that a number is a part of.
function runEnd(lower, start) {
  return matchAt(RUN, lower, start)?.end ?? start + 1
}

// The numeral with its scale; null where letters make it part of a name.
function numberAt(lower, start) {
  const found = isDigit(lower[start]) ? digits(lower, start) : spelled(lower, start)
  if (!found || found.spelled) return found
  const scale = matchAt(SCALE_WORD, lower, found.end) ?? matchAt(SHORT_SCALE, lower, found.end)
  let made = found
  if (scale) {
    const power = words.SHORT_SCALES[scale[1]] ?? words.SCALES[scale[1]]
    made = {
      ...found,
      end: scale.end,
      value: found.value.shifted(power),
      power,
      scale: words.SCALE_NAMES[power],
      // A single letter is a scale only beside a currency or a counted noun.
      plain: scale[1].length === 1,
    }
  } else if (found.end < lower.length && glued(lower, found.end)) {
    return null
  }
  // "3 thousand billion": read by halves it would be a thousand, or a billion, times wrong.
  const more = matchAt(SECOND_SCALE, lower, made.end)
  if (more) return { ...made, end: more.end, refusal: "malformed" }
  return lower[made.end] === "+" ? { ...made, end: made.end + 1, more: true } : made
}

// Whether letters right behind a number make it a part of something else.
function glued(lower, end) {
  return /\p{L}/u.test(lower[end]) && !matchAt(TIMES, lower, end)
}

function digits(lower, start) {
  const blob = matchAt(DIGITS, lower, start)
  if (!blob) return null
  const spaced = matchAt(SPACED, lower, start)
  // "1 200 million": one number, or two? Spaces that break are no separators in English.
  if (spaced) return number(start, spaced.end, ZERO, { refusal: "ambiguous-separator" })
  const value = valueOf(blob[0])
  if (typeof value === "string") return number(start, blob.end, ZERO, { refusal: value })
  return number(start, blob.end, value, { plain: /^[0-9]+$/.test(blob[0]) })
}

// A number in words: "seven hundred million", "twenty-five", "half a billion", "a million".
function spelled(lower, start) {
  const fraction = matchAt(FRACTION, lower, start)
  if (fraction) {
    const power = words.SCALES[fraction[2]]
    const share = Decimal.of(fraction[1] === "half" ? "0.5" : "0.25")
    return number(start, fraction.end, share.shifted(power), {
      power, scale: words.SCALE_NAMES[power], spelled: true,
    })
  }
  const groups = [] // finished groups and their scales, falling
  let [hundreds, end, power, seen] = [0, start, 0, false]
  let from = start
  for (;;) {
    const word = nextWord(lower, from)
    if (!word) break
    from = word.end
    if (word.index > start && ![" ", "-", "\u00a0"].includes(lower.slice(end, word.index))) break
    const name = ["millions", "billions"].includes(word[0]) ? word[0].slice(0, -1) : word[0]
    if (has(words.ONES, name) || has(words.TENS, name)) {
      if (seen && hundreds % 10 && hundreds % 100) return null
      hundreds += words.ONES[name] ?? words.TENS[name]
    } else if ((name === "a" || name === "an") && !seen) {
      hundreds = 1
    } else if (name === "hundred" && seen) {
      hundreds = (hundreds || 1) * 100
    } else if (has(words.SCALES, name) && seen) {
      const scale = words.SCALES[name]
      let section = Decimal.of(hundreds)
      // "three thousand two hundred million" scales all that is smaller than a million.
      while (groups.length && groups.at(-1).scale < scale) section = section.plus(groups.pop().value)
      const value = section.shifted(scale)
      if (groups.length && !value.lessThan(Decimal.of(1).shifted(groups.at(-1).scale))) return null
      groups.push({ value, scale })
      power = Math.max(power, scale)
      hundreds = 0
    } else if (name === "and" && seen && lower[word.end] === " ") {
      const following = matchAt(WORD, lower, word.end + 1)
      const counts = following && (has(words.ONES, following[0]) || has(words.TENS, following[0]))
      if (hundreds % 100 || !counts) break
      end = word.end
      continue
    } else {
      break
    }
    seen = true
    end = word.end
  }
  if (!seen || (["a ", "an"].includes(lower.slice(start, start + 2)) && !power)) return null
  const scale = words.SCALE_NAMES[power] ?? null
  const total = groups.reduce((sum, { value }) => sum.plus(value), Decimal.of(hundreds))
  return number(start, end, total, { power, scale, spelled: true })
}

const NEXT = before("[a-z]+")
function nextWord(lower, start) {
  NEXT.lastIndex = start
  const found = NEXT.exec(lower)
  if (found) found.end = found.index + found[0].length
  return found
}

// Before a number: currency signs, a minus, hedges, names.

const SIGNS = keys(words.SIGNS)
const SIGN_BEFORE = before(raw`(?:${SIGNS})${GAP}?$`)
const HEDGE_BEFORE = before(
  raw`(?:\b(?:${anyOf(Object.keys(words.HEDGES).filter((one) => one !== "~"))})(?:${GAP}+an?)?${GAP}+` +
  raw`|~${GAP}?)$`,
)
const MINUS = before(raw`(?:(?:^|(?<=[^0-9A-Za-z)%]))-|(?<![0-9])−|\bminus${GAP}|\bnegative${GAP})$`)
const NAME_BEFORE = before(raw`([A-Za-z][A-Za-z.'-]*)${GAP}$`)
const LOOK_BACK = 40
const STOP_WORDS = new Set(words.STOP_WORDS)
const NOT_COUNTED = new Set(words.NOT_COUNTED)
const FUNCTION_WORDS = new Set(words.FUNCTION_WORDS)
const trimmed = (text) => text.replace(/^[ \u00a0]+|[ \u00a0]+$/g, "")

function signBefore(text, start, floor) {
  const found = searchBefore(SIGN_BEFORE, text, Math.max(floor, start - 6), start)
  if (!found) return [start, null, false]
  const sign = trimmed(found[0])
  const ahead = found.index ? text[found.index - 1] : " "
  if (/\p{L}/u.test(sign[0]) && isAlphanumeric(ahead)) return [start, null, false]
  return [found.index, words.SIGNS[sign], true]
}

function minusBefore(lower, start, floor) {
  const found = searchBefore(MINUS, lower, Math.max(floor, start - 10), start)
  return found ? [found.index, true] : [start, false]
}

// Where the phrase starts with its hedges, and what they say; at most two, nearest first.
function hedgesBefore(lower, start, floor) {
  const bounds = []
  let where = start
  for (let turn = 0; turn < 2; turn += 1) {
    const found = searchBefore(HEDGE_BEFORE, lower, Math.max(floor, where - LOOK_BACK), where)
    if (!found) break
    let phrase = found[0].replace(/[ \u00a0]+/g, " ").trim()
    if (!has(words.HEDGES, phrase)) phrase = phrase.slice(0, Math.max(phrase.lastIndexOf(" "), 0))
    bounds.push(words.HEDGES[phrase])
    where = found.index
  }
  return [where, bounds]
}

// The hedges before the phrase; "over five years" says when, not how many.
function boundsBefore(lower, start, floor, kind, unit) {
  const [where, bounds] = hedgesBefore(lower, start, floor)
  const temporal = kind === "duration" || unit === "seasons"
  if (temporal && /^(?:over|under)/.test(lower.slice(where, start).trim())) return [start, []]
  return [where, bounds]
}

// Whether a capitalised word before the number makes it part of a name: "Boeing 737".
function isName(text, found) {
  const ahead = searchBefore(NAME_BEFORE, text, Math.max(0, found.start - LOOK_BACK), found.start)
  if (!ahead || ahead[1] === ahead[1].toLowerCase()) return false
  const word = ahead[1].toLowerCase()
  return !FUNCTION_WORDS.has(word) && !has(words.HEDGES, word)
}

// Behind a number: per cent, currencies, durations, counted nouns.

const PERCENT = at(
  raw`${GAP}?(?:%|\b(?:per${GAP}cent|percent|pct)\b)(?:(?:${GAP}|-)points?\b)?` +
  raw`|${GAP}percentage${GAP}points?\b|-percent\b`,
)
const COMPARED = at(
  raw`${GAP}(?:as|more|less|higher|lower|larger|bigger|greater|faster|the|what|that|its|their|over|` +
  raw`those|longer|smaller|cheaper|better|richer|above|(?!after|under|per|her|other|later|earlier` +
  raw`|together|ever|never|whether|either|over)[a-z]+er)\b`,
)
const CURRENCY_AFTER = at(raw`(?:${GAP}|-)(${keys(words.CURRENCIES)})(?![a-z])`)
const WON_ENDS = at(raw`$|[.,;:)!?]|${GAP}(?:per|each|an?|to|\(|and|or|more|on)${GAP}?`)
const DURATION = at(
  raw`(?:${GAP}(?:consecutive|straight|full|calendar|business|working|more|whole)${GAP}|${GAP}|-)` +
  raw`(${keys(words.DURATIONS)})(s?)\b(?!-old)(?!${GAP}old\b)(?!-on-)`,
)
const NEXT_WORD = at(raw`(?:${GAP}|-)([a-z][a-z'-]*)`)
const AGE = at(raw`(?:-|${GAP})(?:years?|months?|weeks?)(?:-|${GAP})old`)
const AREA = at(raw`${GAP}square${GAP}(metres|meters|kilometres|kilometers)\b`)
const BASIS = at(raw`${GAP}basis${GAP}points?\b`)
const SAME = new Set("people staff series aircraft women men children".split(" "))

function measureBehind(lower, found) {
  const { end, value } = found
  let match = matchAt(PERCENT, lower, end)
  if (match) return measure("percent", match.end)
  match = matchAt(CURRENCY_AFTER, lower, end)
  if (match) return currencyBehind(lower, found, match)
  match = matchAt(TIMES, lower, end)
  if (match) {
    const compared = !match[0].includes("times") || matchAt(COMPARED, lower, match.end)
    if (compared || !value.whole || match.end === lower.length) return measure("multiple", match.end)
    return measure("count", match.end, { unit: "times" })
  }
  if (matchAt(AGE, lower, end)) return measure("count", end, { refusal: "not-a-quantity" })
  match = matchAt(DURATION, lower, end)
  if (match) {
    const singular = match[2] === "" && match[0][0] !== "-" && !value.equals(1)
    if (!singular) return measure("duration", match.end, { unit: words.DURATIONS[match[1]] })
  }
  return nounBehind(lower, found)
}

function currencyBehind(lower, found, match) {
  const [code, word] = [words.CURRENCIES[match[1]], match[1]]
  // The verb: "In 2016 won …", "the team that in 5 won …".
  if (word === "won" && found.plain && !found.power && !matchAt(WON_ENDS, lower, match.end)) return null
  if (word === "pounds" && !found.power) return measure("money", match.end, { refusal: "ambiguous-currency" })
  return measure("money", match.end, { currency: code })
}

// The counted noun behind the number, past at most three adjectives.
function nounBehind(lower, found) {
  const basis = matchAt(BASIS, lower, found.end)
  if (basis) return measure("count", basis.end, { unit: "basis_points" })
  const area = matchAt(AREA, lower, found.end)
  if (area) return measure("count", area.end, { unit: `square_${words.NOUNS[singularOf(area[1])]}` })
  let [here, first] = [found.end, true]
  for (let turn = 0; turn < 4; turn += 1) {
    const match = matchAt(NEXT_WORD, lower, here)
    if (!match) return null
    const word = match[1].replace(/['-]+$/, "")
    const singular = singularOf(word)
    const hyphen = lower[here] === "-"
    const many = singular !== word || SAME.has(word) || found.value.equals(1)
    const from = match.end - match[1].length
    if (has(words.NOUNS, singular) && (many || hyphen)) {
      return measure("count", from + word.length, { unit: words.NOUNS[singular] })
    }
    if (STOP_WORDS.has(word) || (hyphen && first)) return null
    here = match.end
    first = false
  }
  return null
}

function singularOf(word) {
  if (has(words.NOUNS, word)) return word
  if (word.endsWith("ies")) return `${word.slice(0, -3)}y`
  return word.endsWith("s") ? word.slice(0, -1) : word
}

// Whether a plural noun, whatever it is, follows within two words: "45 sound stages".
function pluralFollows(lower, text, end) {
  let here = end
  for (let turn = 0; turn < 3; turn += 1) {
    const match = matchAt(NEXT_WORD, lower, here)
    if (!match || lower[here] === "-") return false
    const word = match[1]
    const letter = text[match.end - word.length]
    const capital = letter !== letter.toLowerCase()
    const named = capital && !(here === end && word.endsWith("s"))
    if (named || STOP_WORDS.has(word) || NOT_COUNTED.has(word)) return false
    if (word.length > 3 && word.endsWith("s") && !/(?:ss|us|is|'s)$/.test(word)) return true
    here = match.end
  }
  return false
}

// Moments: dates, years and ranks; times, scores and codes are passed over.

const JUNK = at(
  raw`[0-9]+(?:[-/:][0-9]+){2,}|[0-9]+(?:\.[0-9]+){2,}|[0-9]+[/:][0-9]+|[0-9]{3}-[0-9]{4}(?![0-9])`,
)
const FOLD = at(raw`(${ONES})-?fold\b`)
const ISO_DATE = at(raw`([12][0-9]{3})-([01][0-9])-([0-3][0-9])(?![0-9-])`)
const SHORT = at(raw`[0-9]{1,4}(?![0-9,]*[0-9])`)
const MONTH_DAY_BEFORE = before(raw`\b(${MONTH})${GAP}$`)
const AFTER_DAY = at(raw`(?:st|nd|rd|th)?,?${GAP}([12][0-9]{3})(?![0-9])`)
const MONTH_AFTER_DAY = at(
  raw`((?:st|nd|rd|th)?${GAP}(?:of${GAP})?)(${MONTH})(?:,?${GAP}([12][0-9]{3}))?(?![0-9a-z])`,
)
const RANK_BEFORE = before(raw`(?:\bno\.?${GAP}?|\bnumber${GAP}|#)$`)
const YEAR_BEFORE = before(
  raw`\b(?:in|since|from|by|until|till|of|to|during|before|after|late|early|mid|through|than|and|for|` +
  raw`year|autumn|fall|spring|summer|winter|the|end|start|${MONTH}|q[1-4]|as)${GAP}$|[(–-]$|\bmid-$`,
)

// A result is [reading or null, where to go on]; null alone where nothing is there.
function dated(text, start, end, year, month, day) {
  const made = dateQuantity(year, month, day)
  return [made && read(text, start, end, made), end]
}

function dateAt(text, lower, start, floor) {
  const iso = matchAt(ISO_DATE, lower, start)
  if (iso) return dated(text, start, iso.end, Number(iso[1]), Number(iso[2]), Number(iso[3]))
  const blob = matchAt(SHORT, lower, start)
  if (!blob) return null
  const figure = Number(blob[0])
  const month = searchBefore(MONTH_DAY_BEFORE, lower, Math.max(floor, start - 12), start)
  if (month && figure >= 1 && figure <= 31) {
    const year = matchAt(AFTER_DAY, lower, blob.end)
    if (year) return dated(text, month.index, year.end, Number(year[1]), words.MONTHS[month[1]], figure)
    return [null, runEnd(lower, start)]
  }
  if (month && figure >= 1800 && figure <= 2099 && blob.end - start === 4) {
    return dated(text, month.index, blob.end, figure, words.MONTHS[month[1]], null)
  }
  const after = matchAt(MONTH_AFTER_DAY, lower, blob.end)
  const letter = after && text[blob.end + after[1].length]
  if (after && figure >= 1 && figure <= 31 && letter !== letter.toLowerCase()) {
    if (!after[3]) return [null, after.end]
    return dated(text, start, after.end, Number(after[3]), words.MONTHS[after[2]], figure)
  }
  return null
}

function junkAt(lower, start) {
  const found = matchAt(JUNK, lower, start)
  return found && [null, Math.max(found.end, runEnd(lower, start))]
}

// Threefold and ten-fold, with their hedge.
function foldAt(text, lower, start, floor) {
  const found = matchAt(FOLD, lower, start)
  if (!found) return null
  const [from, bounds] = hedgesBefore(lower, start, floor)
  const { bound, refusal } = combine(bounds)
  const made = refusal ?? quantity(words.ONES[found[1]], "multiple", { bound })
  return [read(text, from, found.end, made), found.end]
}

// No. 1, #3, number 12.
function rankAt(text, lower, found, floor) {
  const ahead = searchBefore(RANK_BEFORE, lower, Math.max(floor, found.start - 10), found.start)
  const whole = found.value.whole && !found.power
  if (!ahead || !whole || found.value.lessThan(1) || found.refusal) return [null, found.end]
  return [read(text, ahead.index, found.end, quantity(found.value, "rank")), found.end]
}

function isYear(found) {
  return found.plain && !found.power && found.value.atLeast(1800) && found.value.atMost(2099)
}

// "2015–2020", "2015 to 2020"; other pairs of bare numbers are scores or codes.
function yearRange(text, lower, low, high) {
  if (isYear(low) && isYear(high) && !gluedAfter(lower, high.end)) {
    const made = quantity(low.value, "year", { bound: "range", valueMax: high.value })
    return [read(text, low.start, high.end, made), high.end]
  }
  if (!low.plain || !high.plain) {
    const made = quantity(low.value, "count", { bound: "range", valueMax: high.value })
    return [read(text, low.start, high.end, made), high.end]
  }
  return [null, high.end]
}

function gluedAfter(lower, end) {
  return end < lower.length && (isAlphanumeric(lower[end]) || lower[end] === "-")
}

// A bare number of four digits is a year where nothing else claims it.
function yearAt(text, lower, found) {
  const alone = found.start === 0 && found.end === lower.length
  const placed = searchBefore(YEAR_BEFORE, lower, Math.max(0, found.start - 14), found.start)
  const closed = found.end === lower.length || ".,;:)'".includes(lower[found.end]) || found.start === 0
  if (isYear(found) && (alone || placed || closed) && !gluedAfter(lower, found.end)) {
    return [read(text, found.start, found.end, quantity(found.value, "year")), found.end]
  }
  return [null, found.end]
}

// Shares in words: "three-quarters", "two-thirds", "half of".

const SHARE = at(
  raw`(?<parts>an?|${ONES})(?:-|${GAP})(?<of>${keys(words.PARTS)})s?\b` +
  raw`(?!${GAP}of${GAP}(?:an?|one)${GAP}(?:${SCALES})\b)` +
  raw`|(?<half>half)(?=${GAP}of${GAP}(?:the|its|their|all|those|his|her|our)\b)`,
)
const OF = at(raw`${GAP}of\b`)

function shareAt(text, lower, start, floor) {
  const found = matchAt(SHARE, lower, start)
  if (!found) return null
  const { parts, of, half } = found.groups
  const spacedQuarter = of === "quarter" && !found[0].includes("-")
  const loose = ["a", "an", "one"].includes(parts) || spacedQuarter
  if (!half && loose && !matchAt(OF, lower, found.end)) return null
  const numerator = Decimal.of(half ? 1 : words.ONES[parts] ?? 1)
  const [from, bounds] = hedgesBefore(lower, start, floor)
  const share = percentOf(numerator, half ? 2 : words.PARTS[of])
  return [read(text, from, found.end, withBounds(share, bounds)), found.end]
}

// Phrases: a number with whatever belongs to it.

const HEDGE_AFTER = at(
  raw`(?:\+|-plus\b|${GAP}(?:${anyOf(["or so", "or more", "or less"])})\b` +
  raw`|${GAP}(?:or fewer|or thereabouts|plus)\b)`,
)
const CLOCK = at(raw`${GAP}?(?:[ap]\.?m\b|o'clock)|:[0-9]`)
const SIGN = at(raw`(?:${SIGNS})${GAP}?`)
const JOIN = at(raw`${GAP}?[-–~]${GAP}?|${GAP}(to|and|or)${GAP}`)
const FROM = before(raw`\bfrom${GAP}(?:[a-z]+${GAP})?$`)
const MOVED = before(
  raw`\b(?:by|rose|fell|grew|climbed|dropped|declined|increased|decreased|jumped|gained|lost|slid` +
  raw`|sank|added|up|down|advanced|slipped|surged|plunged|edged|cut|raised)${GAP}` +
  raw`(?:(?:${keys(words.HEDGES)}|another|a)${GAP})?$`,
)
const BETWEEN = before(raw`\bbetween${GAP}(?:[a-z]+${GAP})?$`)
const ONE_IN = before(raw`(?<!no\.${GAP})(?<!#)\b(?:[0-9]{1,2}|${ONES})${GAP}in${GAP}$`)
const OF_THE = at(raw`${GAP}of${GAP}(?:the|its|their|his|her|our|those|these)\b`)

// The number phrases of `text` (plain characters), in order, none overlapping.
export function* scan(text) {
  const lower = text.replace(/[A-Z]/g, (letter) => letter.toLowerCase())
  let position = 0
  for (;;) {
    CANDIDATE.lastIndex = position
    const found = CANDIDATE.exec(lower)
    if (!found) return
    const [reading, next] = phrase(text, lower, found.index, position)
    position = next
    if (reading) yield reading
  }
}

// The phrase around the number, if there is one; nothing is taken from left of `floor`.
function phrase(text, lower, start, floor) {
  const special = dateAt(text, lower, start, floor) ?? junkAt(lower, start) ??
    foldAt(text, lower, start, floor) ?? shareAt(text, lower, start, floor)
  if (special) return special
  const found = numberAt(lower, start)
  if (!found) return [null, runEnd(lower, start)]
  const [signStart, currency, signed] = signBefore(text, start, floor)
  const [from, minus] = minusBefore(lower, signStart, floor)
  const ahead = from > floor ? text[from - 1] : " "
  const part = isAlphanumeric(ahead) || "_./:@&'".includes(ahead) || (ahead === "-" && from > floor)
  if (part && !signed) return [null, runEnd(lower, start)]
  if (!signed && searchBefore(RANK_BEFORE, lower, Math.max(floor, start - 10), start)) {
    return rankAt(text, lower, found, floor)
  }
  return amount(text, lower, { found, from, minus, currency, signed }, floor)
}

const afterWord = (match) => words.HEDGES_AFTER[match[0].replace(/^[ \u00a0-]+|[ \u00a0-]+$/g, "")]

function amount(text, lower, head, floor) {
  const { minus, currency, signed } = head
  const [low, high] = rangeOf(text, lower, head, floor)
  let last = high ?? low
  const bounds = []
  const split = matchAt(HEDGE_AFTER, lower, last.end)
  if (split && !low.more) {
    // "50 or more workers": the hedge stands between the number and its noun.
    const moved = { ...last, end: split.end }
    if (nounBehind(lower, moved)) {
      last = moved
      bounds.push(afterWord(split))
    }
  }
  const behind = measureBehind(lower, last)
  if (high && !signed && !behind && !high.power && high.plain) return yearRange(text, lower, low, high)
  if (behind?.refusal === "not-a-quantity") return [null, behind.end]
  let end = behind && !(signed && behind.kind !== "money") ? behind.end : last.end
  const kind = signed ? "money" : behind?.kind ?? "count"
  const unit = signed ? null : behind?.unit ?? null
  let code = currency ?? behind?.currency ?? null
  let from = head.from
  const between = high && searchBefore(BETWEEN, lower, Math.max(floor, from - 20), from)
  if (between) from = between.index
  const [hedged, firm] = boundsBefore(lower, from, floor, kind, unit)
  from = hedged
  bounds.push(...firm)
  if (low.more || last.more) bounds.push("at_least")
  const after = matchAt(HEDGE_AFTER, lower, end)
  if (after) {
    bounds.push(afterWord(after))
    end = after.end
  }
  if (!counts(text, lower, low, behind, { signed, hedged: bounds.length > 0, high })) {
    return yearAt(text, lower, low)
  }
  let refusal = low.refusal ?? high?.refusal ?? behind?.refusal ?? null
  if (kind === "money" && code === null) {
    code = contextOf(lower)
    refusal ??= code ? null : "ambiguous-currency"
  }
  if (behind && currency && behind.currency !== null && behind.currency !== currency) {
    const dollars = lower.slice(0, end).endsWith("dollars") && behind.currency === "USD"
    refusal ??= dollars ? null : "ambiguous-currency"
  }
  const combined = high ? { bound: "range" } : combine(bounds)
  if (combined.refusal || refusal) return [read(text, from, end, refusal ?? combined.refusal), end]
  const made = quantity(negative(low.value, minus), kind, {
    bound: combined.bound,
    valueMax: high ? negative(high.value, minus) : null,
    currency: kind === "money" ? code : null,
    unit,
    scale: last.scale,
  })
  return [read(text, from, end, made), end]
}

let contextText = null
let contextCurrency = null
// Which currency a bare ¥ means, where the text around it says so; asked often of one text.
function contextOf(lower) {
  if (lower !== contextText) {
    const says = (list) => list.some((word) => new RegExp(raw`\b${word}\b`).test(lower))
    const [yuan, yen] = [says(words.YUAN_CONTEXT), says(words.YEN_CONTEXT)]
    contextText = lower
    contextCurrency = yuan === yen ? null : yuan ? "CNY" : "JPY"
  }
  return contextCurrency
}

// The number with its scale settled, and the other end where the phrase is a range.
function rangeOf(text, lower, { found, from, signed }, floor) {
  let end = found.end
  const percent = matchAt(PERCENT, lower, end)
  if (percent) end = percent.end
  const join = matchAt(JOIN, lower, end)
  if (!join || found.refusal) return [found, null]
  const word = join[1]
  const between = searchBefore(BETWEEN, lower, Math.max(floor, from - 20), from)
  if (["and", "or"].includes(word) && !(word === "and" && between)) return [found, null]
  if (word === "to" && searchBefore(MOVED, lower, Math.max(floor, from - 24), from)) return [found, null]
  const moves = word === "to" && searchBefore(FROM, lower, Math.max(floor, from - 20), from)
  if (moves && !isYear(found)) return [found, null]
  const sign = matchAt(SIGN, text, join.end)
  const here = sign ? sign.end : join.end
  if (!matchAt(CANDIDATE_HERE, lower, here)) return [found, null]
  const high = numberAt(lower, here)
  if (!high || high.refusal || high.spelled !== found.spelled) return [found, null]
  const shared = matchAt(PERCENT, lower, high.end)
  // "3.2% to $41.50" are two amounts.
  if ((sign && !signed) || (percent && !shared) || (signed && shared)) return [found, null]
  let low = found
  if (high.power && !found.power) {
    const value = found.value.shifted(high.power)
    if (value.lessThan(high.value)) {
      low = { ...found, value, power: high.power, scale: high.scale, plain: false }
    } else if (found.value.lessThan(1000)) {
      return [found, null] // "5 to 3 million" is no range
    }
  }
  return low.value.lessThan(high.value) ? [low, high] : [found, null]
}

// Whether the number is an amount at all, not a name, a year, a time or a figure of speech.
function counts(text, lower, found, behind, { signed, hedged, high }) {
  const { value, plain, power } = found
  const whole = found.start === 0 && (behind ? behind.end : found.end) === lower.length
  if (matchAt(CLOCK, lower, found.end)) return false
  // "one in four" is a share
  if (plain && searchBefore(ONE_IN, lower, Math.max(0, found.start - 12), found.start)) return false
  if (found.refusal && !(signed || behind || power)) return false
  if (signed || (behind && ["percent", "money"].includes(behind.kind))) return true
  if (power && plain) return behind?.kind === "count"
  if (power) return true
  if (behind?.kind === "multiple") return true
  if (found.spelled) return behind !== null && !value.lessThan(2) && behind.unit !== null
  if (behind?.kind === "duration") return !isName(text, found)
  if (isYear(found) && !hedged) return behind !== null && ["people", "jobs", "employees"].includes(behind.unit)
  if (behind) return !isName(text, found)
  if (!plain && (value.atLeast(1000) || high)) return true
  if (isName(text, found)) return false
  if (hedged) return value.atLeast(100) || pluralFollows(lower, text, found.end) || whole
  if (pluralFollows(lower, text, found.end) || matchAt(OF_THE, lower, found.end)) return plain
  return whole && found.end === lower.length && !isYear(found)
}
