// Whole number phrases in Chinese, in either script: a closed grammar. A Chinese numeral counts
// only with a scale, a currency or a known unit behind it: 三星, 四川, 万达 are no amounts.
// The Python grammar of this project is its twin; both read the same tables and the same tests.

import { Decimal, ZERO } from "./decimal.js"
import { BLOB, valueOf } from "./numerals.js"
import {
  anyOf, dateQuantity, matchAt, measure, negative, number, percentOf, quantity, read, searchBefore,
  withBounds,
} from "./phrase.js"
import { simple } from "./simple.js"
import { chinese as words } from "./words.js"

const raw = String.raw
const GAP = raw`[ \u00a0]?`
const keys = (table) => anyOf(Object.keys(table))
const at = (pattern) => new RegExp(pattern, "y")
const before = (pattern) => new RegExp(pattern, "g")
const has = (table, word) => Object.hasOwn(table, word)
const isAscii = (character) => character.charCodeAt(0) < 128
const isAlphanumeric = (character) => /[\p{L}\p{N}]/u.test(character)

// Numerals: digits, Chinese numerals, and both at once (1亿2千万).

const NUMERAL = [...Object.keys(words.DIGITS), ...Object.keys(words.SMALL)].join("")
const CANDIDATES = raw`[0-9]|[${NUMERAL}]|[百千万]分之|翻了?[一两二三]番`
const [CANDIDATE, CANDIDATE_HERE] = [before(CANDIDATES), at(CANDIDATES)]
const DIGITS = at(BLOB)
const RUN = at(raw`[0-9A-Za-z.,:/${NUMERAL}万亿]+`)
const SPACED = at(raw`[0-9]{1,3}(?: [0-9]{3})+(?= ?[多余]? ?[万亿元美韩日欧英港人])`)
const HAN_DIGITS = at(raw`[${Object.keys(words.DIGITS).join("")}]+`)
const MORE_SCALED = at(raw`${GAP}([多余])(?=${GAP}[十百千万亿])`)
const VAGUE = at("[几数来]")
const BIG = at(raw`${GAP}([十百千]?[万亿]+|[百千])`)
const TRILLION = at(raw`${GAP}兆(?![瓦赫比帕字欧伏焦])`)

// The end of the run of letters and digits that a number is a part of.
function runEnd(text, start) {
  const run = matchAt(RUN, text, start)
  return run && isAscii(text[start]) ? run.end : start + 1
}

// The numeral: digits, Chinese numerals, or both, with scales up to 万亿.
function numberAt(text, start) {
  let [total, end, last, more, plain] = [ZERO, start, 99, false, false]
  let [scale, power, refusal] = [null, 0, null]
  const spelled = start < text.length && !isAscii(text[start])
  for (;;) {
    const section = sectionAt(text, end)
    if (!section) break
    let { end: here } = section
    const { value, bare } = section
    refusal ??= section.refusal
    const many = matchAt(MORE_SCALED, text, here)
    if (many) [more, here] = [true, many.end]
    const big = matchAt(BIG, text, here)
    if (!big) {
      if (end === start) {
        plain = bare && !spelled
        ;[total, end] = [value, here]
      } else if (bare && last >= 4 && value.lessThan(10) && spelled && here - end === 1) {
        ;[total, end] = [total.plus(value.shifted(last - 1)), here] // 一万二 is 12,000
      } else if (last >= 4 && value.lessThan(10_000) && !(bare && value.lessThan(10) && !spelled)) {
        ;[total, end] = [total.plus(value), here]
      } else {
        ;[refusal, end] = ["malformed", here]
      }
      break
    }
    const exponent = Array.from(big[1], (c) => words.SMALL[c] || words.BIG[c] || 0).reduce((a, b) => a + b)
    if (exponent >= last && big[1].endsWith("亿") && last === 4) {
      // 5万6千亿: what stands before 亿 is one number below it.
      total = total.plus(value.shifted(exponent - 8)).shifted(8)
      ;[scale, power, last, end] = ["亿", 8, 8, big.end]
      continue
    }
    if (exponent >= last) break
    total = total.plus(value.shifted(exponent))
    ;[scale, power] = [scale || big[1], Math.max(power, exponent)]
    ;[last, end] = [exponent, big.end]
    if (more || exponent < 4) break
  }
  if (end === start) return null
  if (matchAt(TRILLION, text, end)) return number(start, end + 1, ZERO, { refusal: "ambiguous-scale" })
  if (matchAt(VAGUE, text, end) && text[end] !== "来" && power === 0 && !plain) return null
  return number(start, end, total, { power, scale, spelled, plain, more, refusal })
}

// One numeral below 万: its value, its end, whether it is bare, and why it was refused.
function sectionAt(text, start) {
  const spaced = matchAt(SPACED, text, start)
  if (spaced) return { value: Decimal.of(spaced[0].replaceAll(" ", "")), end: spaced.end, bare: true, refusal: null }
  const blob = matchAt(DIGITS, text, start)
  if (!blob) return spelledAt(text, start)
  const value = valueOf(blob[0])
  if (typeof value === "string") return { value: ZERO, end: blob.end, bare: false, refusal: value }
  return { value, end: blob.end, bare: /^[0-9]+$/.test(blob[0]), refusal: null }
}

// A Chinese numeral below 万: 七千七百, 十五, 一百零五, 两千三.
function spelledAt(text, start) {
  let [total, digit, end, last, zero] = [0, -1, start, 4, false]
  while (end < text.length) {
    const character = text[end]
    if (has(words.DIGITS, character)) {
      if (digit >= 0 && !(digit === 0 && zero)) {
        const all = matchAt(HAN_DIGITS, text, start)
        return { value: ZERO, end: all ? all.end : start + 1, bare: true, refusal: "vague" }
      }
      digit = words.DIGITS[character]
      zero = digit === 0
    } else if (has(words.SMALL, character)) {
      const exponent = words.SMALL[character]
      const odd = digit < 0 && (exponent > 1 || (end > start && !zero))
      if (exponent >= last || digit === 0 || odd) break
      total += (digit < 0 ? 1 : digit) * 10 ** exponent
      ;[last, digit, zero] = [exponent, -1, false]
    } else {
      break
    }
    end += 1
  }
  if (end === start || (end - start === 1 && "百千佰仟".includes(text[start]))) return null
  if (digit > 0) {
    // 两千三 is 2,300, but 二十三 is 23 and 两千零三 is 2,003.
    const short = last > 1 && last < 4 && has(words.SMALL, text[end - 2])
    total += digit * (short ? 10 ** (last - 1) : 1)
  }
  return { value: Decimal.of(total), end, bare: last === 4, refusal: null }
}

// Before a number: currency signs, a minus, hedges.

const SIGNS = keys(words.SIGNS)
const SIGN_BEFORE = before(raw`(?:${SIGNS})${GAP}$`)
const MINUS = before(raw`(?:(?<![0-9A-Za-z一-鿿%)])-|负|(?<![0-9])−)$`)
const HEDGE_BEFORE = before(raw`(${keys(words.BEFORE)}|~)${GAP}$`)

function signBefore(text, start, floor) {
  const found = searchBefore(SIGN_BEFORE, text, Math.max(floor, start - 5), start)
  if (!found) return [start, null, false]
  return [found.index, words.SIGNS[found[0].replace(/^[ \u00a0]+|[ \u00a0]+$/g, "")], true]
}

function minusBefore(text, start, floor) {
  const found = searchBefore(MINUS, text, Math.max(floor, start - 1), start)
  return found ? [found.index, true] : [start, false]
}

// Where the phrase starts with its hedges, and what they say; at most two, nearest first.
function hedgesBefore(text, start, floor, kind) {
  const bounds = []
  let from = start
  for (let turn = 0; turn < 2; turn += 1) {
    const found = searchBefore(HEDGE_BEFORE, text, Math.max(floor, from - 5), from)
    if (!found) break
    const [, hedge] = found
    const ahead = found.index ? text[found.index - 1] : ""
    if (ahead && (words.NOT_HEDGE[hedge] ?? "").includes(ahead)) break
    if (hedge === "近" && kind === "duration") break // 近五年 is the last five years
    bounds.push(words.BEFORE[hedge] ?? "about")
    from = found.index
  }
  return [from, bounds]
}

// Behind a number: per cent, currencies, durations, measure words.

const PERCENT = at(raw`${GAP}(?:%|‰|个百分点|百分点)`)
const CHENG = at("成(?![为立功员本果年人长绩分熟都就交])半?")
const TIMES = at(raw`${GAP}倍`)
const CURRENCY = at(raw`${GAP}(${keys(words.CURRENCIES)})`)
const NOT_CURRENCY = at(raw`${GAP}(?:${anyOf(words.NOT_CURRENCY)})`)
const DURATION = at(raw`${GAP}(${keys(words.DURATIONS)})(?![代级轻纪份货]|度[^假])`)
const NOUN = at(raw`${GAP}(${keys(words.NOUNS)})`)
const MEASURE_WORD = at(raw`${GAP}(${anyOf(words.MEASURE_WORDS)})(?![月年日])`)
const COUNTED = new Set("集户股吨架辆") // units of one character that may follow a Chinese numeral

function measureBehind(text, found) {
  const { end } = found
  let match = matchAt(PERCENT, text, end)
  if (match) return measure("percent", match.end, { factor: match[0].includes("‰") ? -1 : 0 })
  match = matchAt(CHENG, text, end)
  if (match && !found.power && found.value.atMost(10)) return measure("percent", match.end, { factor: 1 })
  match = matchAt(TIMES, text, end)
  if (match) return measure("multiple", match.end)
  match = matchAt(CURRENCY, text, end)
  if (match && !matchAt(NOT_CURRENCY, text, end)) {
    return measure("money", match.end, { currency: words.CURRENCIES[match[1]] })
  }
  match = matchAt(DURATION, text, end)
  if (match) return measure("duration", match.end, { unit: words.DURATIONS[match[1]] })
  match = matchAt(NOUN, text, end)
  if (match) {
    const known = match[1].length > 1 || COUNTED.has(match[1])
    return measure("count", match.end, { unit: words.NOUNS[match[1]], known })
  }
  match = matchAt(MEASURE_WORD, text, end)
  return match && measure("count", match.end, { known: false })
}

// Moments: dates, years and ranks; days, times, scores and ages are passed over.

const DATE = at("([12][0-9]{3})年([0-9]{1,2})月(?:([0-9]{1,2})[日号])?")
const ISO_DATE = at("([12][0-9]{3})-([01][0-9])-([0-3][0-9])(?![0-9-])")
const DAY_ONLY = at(
  "[0-9一二三四五六七八九十]{1,3}" +
  "(?:月(?:[0-9一二三四五六七八九十]{1,3}[日号])?|[日号](?![元圆币])|点(?![零一二三四五六七八九])" +
  "|时|楼|层|岁|周岁|号线|后(?!续)|届|版|比)",
)
const CLOCK = at(
  raw`[0-9]{1,2}[:：][0-9]{1,2}(?:[:：][0-9]{1,2})?|[0-9]+(?:[-/.][0-9]+){2,}` +
  raw`|(?:[0-9]+分)?[0-9]+秒[0-9]+|[0-9]米[0-9]{1,2}(?![0-9])|[0-9]+[:：/][0-9]+|[0-9]{3,4}-[0-9]{4,8}(?![0-9])`,
)
const YEARS = at("([12][0-9]{3})年?[-–~至到]([12][0-9]{3})年")
const YEAR = at("([12][0-9]{3})年(?!代)(?:度|初|底|末|中|间)?")
const SPELLED_YEAR = at("([一二][〇零一二三四五六七八九]{3})年(?!代)")
const FOLD = at("翻了?([一两二三])番")
const RANK_PREFIX = before("(?:排名|位列|位居|名列|排在|排)$")
const RANK_AHEAD = before(
  "(?:排名|位列|位居|名列|排在|居|列|登上|夺得|蝉联|重回|升至|跌至|全球|世界|全国|行业|总分)$",
)
const isYear = (figure) => figure >= 1800 && figure <= 2099

// A result is [reading or null, where to go on]; null alone where nothing is there.
function dateAt(text, start) {
  const dated = matchAt(DATE, text, start) ?? matchAt(ISO_DATE, text, start)
  if (dated) {
    const made = dateQuantity(Number(dated[1]), Number(dated[2]), dated[3] ? Number(dated[3]) : null)
    return [made && read(text, start, dated.end, made), dated.end]
  }
  const years = matchAt(YEARS, text, start)
  if (years) {
    const [low, high] = [Number(years[1]), Number(years[2])]
    if (low < high && isYear(low) && isYear(high)) {
      const made = quantity(low, "year", { bound: "range", valueMax: Decimal.of(high) })
      return [read(text, start, years.end, made), years.end]
    }
  }
  const year = matchAt(YEAR, text, start)
  const spelled = year ? null : matchAt(SPELLED_YEAR, text, start)
  if (year && isYear(Number(year[1]))) {
    return [read(text, start, start + 5, quantity(Number(year[1]), "year")), year.end]
  }
  if (spelled) {
    const figure = Number(Array.from(spelled[1], (character) => words.DIGITS[character]).join(""))
    if (isYear(figure)) return [read(text, start, spelled.end, quantity(figure, "year")), spelled.end]
  }
  const clock = matchAt(CLOCK, text, start)
  if (clock) return [null, Math.max(clock.end, runEnd(text, start))]
  const undated = matchAt(DAY_ONLY, text, start)
  return undated && [null, undated.end]
}

// 第三名, 第12位, and 第一 where the words before speak of a rank.
function rankAt(text, start) {
  const found = numberAt(text, start)
  if (!found || found.power || found.refusal) return [null, runEnd(text, start)]
  const ahead = searchBefore(RANK_AHEAD, text, Math.max(0, start - 9), start - 1)
  const named = ["名", "位"].includes(text[found.end])
  const whole = start === 1 && found.end === text.length
  if (!(named || ahead || whole)) return [null, found.end + 1]
  const end = found.end + (named ? 1 : 0)
  const prefix = searchBefore(RANK_PREFIX, text, Math.max(0, start - 4), start - 1)
  return [read(text, prefix ? prefix.index : start - 1, end, quantity(found.value, "rank")), end]
}

// 翻一番 is twice, 翻两番 four times.
function foldAt(text, start) {
  const found = matchAt(FOLD, text, start)
  if (!found) return null
  return [read(text, start, found.end, quantity(2 ** words.DIGITS[found[1]], "multiple")), found.end]
}

// Shares in words: 百分之十二点五, 千分之三, 四分之三.

const PARTS = at("([百千万]|[二三四五六七八九十]|[0-9]{1,3})分之")
const POINT = at("点([零〇一二三四五六七八九]+)")
const HUNDREDS = { 百: 100, 千: 1000, 万: 10_000, 十: 10 }

function shareAt(text, start, floor) {
  const found = matchAt(PARTS, text, start)
  if (!found) return null
  const share = numberAt(text, found.end)
  if (!share || share.refusal || share.power) return [null, found.end]
  let [parts, end] = [share.value, share.end]
  const point = matchAt(POINT, text, end)
  if (point) {
    const digits = Array.from(point[1], (character) => words.DIGITS[character]).join("")
    ;[parts, end] = [Decimal.of(`${parts}.${digits}`), point.end]
  }
  const [, named] = found
  const of = /^[0-9]+$/.test(named) ? Number(named) : HUNDREDS[named] ?? words.DIGITS[named]
  const [from, bounds] = hedgesBefore(text, start, floor, "percent")
  return [read(text, from, end, withBounds(of ? percentOf(parts, of) : "malformed", bounds)), end]
}

// Phrases: a number with whatever belongs to it.

const AFTER = at(raw`${GAP}(${keys(words.AFTER)})(?![人重元年月次方])`)
const NUMERALS = at(raw`[${NUMERAL}万亿]+`)
const MORE = at(raw`${GAP}[多余]`)
const SIGN = at(raw`(?:${SIGNS})${GAP}`)
const JOIN = at(raw`${GAP}(?:[-–~]|至|到)${GAP}`)
const MOVED = before("(?:涨|跌|升|降|增|减|加|少|高|调|长|落)[了约近逾超]?$")
const FROM = before("[从由自][^，。；、]{0,6}$")

// The number phrases of `text` (plain characters), in order, none overlapping.
export function* scan(text) {
  const simplified = simple(text)
  let position = 0
  for (;;) {
    CANDIDATE.lastIndex = position
    const found = CANDIDATE.exec(simplified)
    if (!found) return
    const [reading, next] = phrase(simplified, found.index, position)
    position = next
    if (reading) yield reading
  }
}

// The phrase around the number, if there is one, and where to go on.
function phrase(text, start, floor) {
  const ahead = start > floor ? text[start - 1] : " "
  if (ahead === "第") return rankAt(text, start)
  const special = dateAt(text, start) ?? foldAt(text, start) ?? shareAt(text, start, floor)
  if (special) return special
  if ("几数上好成".includes(ahead) && !isAscii(text[start])) {
    // 几十亿, 数千万, 上百家: nobody knows how many.
    const vague = matchAt(NUMERALS, text, start)
    return [null, vague ? vague.end : start + 1]
  }
  const found = numberAt(text, start)
  if (!found) return [null, runEnd(text, start)]
  const [signStart, currency, signed] = signBefore(text, start, floor)
  const [from, minus] = minusBefore(text, signStart, floor)
  const edge = from > floor ? text[from - 1] : " "
  const glued = isAscii(edge) && (isAlphanumeric(edge) || "_./:@#&-".includes(edge))
  if ((glued && !signed) || ("周期".includes(edge) && found.spelled)) return [null, runEnd(text, start)]
  return amount(text, { found, from, minus, currency, signed }, floor)
}

function amount(text, head, floor) {
  const { minus, currency, signed } = head
  let { found } = head
  const many = matchAt(MORE, text, found.end)
  if (many && !found.more) found = { ...found, end: many.end, more: true }
  const [low, high] = rangeOf(text, found, head.from, floor)
  const last = high ?? low
  const behind = measureBehind(text, last)
  if (!behind && last.more && !low.power) return [null, last.end]
  let end = behind ? behind.end : last.end
  const kind = signed ? "money" : behind?.kind ?? "count"
  const [from, bounds] = hedgesBefore(text, head.from, floor, kind)
  if (low.more || last.more) bounds.push("more_than")
  const after = matchAt(AFTER, text, end)
  if (after) {
    bounds.push(words.AFTER[after[1]])
    end = after.end
  }
  const whole = from === 0 && end === text.length
  if (!counts(text, low, behind, { whole, signed, hedged: bounds.length > 0, high })) {
    return [null, Math.max(last.end, low.start + 1)]
  }
  const factor = behind?.factor ?? 0
  let value = low.value.shifted(factor)
  const top = high ? high.value.shifted(factor) : null
  if (behind?.kind === "percent" && text[behind.end - 1] === "半") value = value.plus(5)
  let code = currency ?? behind?.currency ?? null
  let refusal = low.refusal ?? high?.refusal ?? null
  if (kind === "money" && code === null) {
    code = contextOf(text)
    refusal ??= code ? null : "ambiguous-currency"
  }
  if (currency && behind && ![null, currency, "CNY"].includes(behind.currency)) refusal ??= "ambiguous-currency"
  if (refusal) return [read(text, from, end, refusal), end]
  const made = quantity(negative(value, minus), kind, {
    bound: high ? "range" : "exact",
    valueMax: top && negative(top, minus),
    currency: kind === "money" ? code : null,
    unit: behind && kind !== "money" ? behind.unit : null,
    scale: last.scale,
  })
  return [read(text, from, end, high ? made : withBounds(made, bounds)), end]
}

// Which currency a bare ¥ means: yuan, unless the text speaks of yen or Japan.
function contextOf(text) {
  return words.YEN_CONTEXT.some((word) => text.includes(word)) ? null : "CNY"
}

// The number with its scale settled, and the other end where the phrase is a range.
function rangeOf(text, found, from, floor) {
  const first = measureBehind(text, found)
  for (const end of first ? [found.end, first.end] : [found.end]) {
    const join = matchAt(JOIN, text, end)
    if (!join || found.refusal) continue
    const spoken = ["至", "到"].includes(join[0].trim())
    const moved = searchBefore(FROM, text, Math.max(floor, from - 8), from) ||
      searchBefore(MOVED, text, Math.max(floor, from - 5), from)
    if (spoken && moved) continue
    if (text.slice(join.end - 1, join.end + 1) === "––" || !matchAt(CANDIDATE_HERE, text, join.end)) continue
    const sign = matchAt(SIGN, text, join.end)
    const high = numberAt(text, sign ? sign.end : join.end)
    if (!high || high.refusal || high.more) continue
    if (high.plain && isYear(Number(high.value)) && text[high.end] === "年") continue // 一部到2022年才上线
    let low = found
    if (high.power && !found.power) {
      const value = found.value.shifted(high.power)
      if (value.lessThan(high.value)) {
        low = { ...found, value, power: high.power, scale: high.scale, plain: false }
      } else if (found.value.lessThan(1000)) {
        continue // 5至3万 is no range
      }
    }
    if (low.value.lessThan(high.value) && (high.power || measureBehind(text, high))) return [low, high]
  }
  return [found, null]
}

// Whether the number is an amount at all, not a name, an idiom or a part of a code.
function counts(text, found, behind, { whole, signed, hedged, high }) {
  const { value, power, spelled } = found
  const one = spelled && !power && value.lessThan(2) && !high
  if (signed || (behind && ["percent", "money"].includes(behind.kind))) {
    return !(one && behind?.kind === "money" && !whole)
  }
  if (found.refusal === "vague") return false
  if (power >= 4) return true
  if (one) return whole && behind !== null && behind.kind !== "count"
  if (spelled && behind?.kind === "count" && !power) return behind.known || value.atLeast(100)
  if (behind) return true
  if (spelled) return whole
  if (!found.plain && value.atLeast(1000)) return true
  const next = text[found.end] ?? ""
  if (next && isAscii(next) && isAlphanumeric(next)) return false
  return power > 0 || whole || (hedged && value.atLeast(100))
}
