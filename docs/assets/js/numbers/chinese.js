// The grammar of number phrases in Chinese, in either script: a closed one. A Chinese numeral counts
// only with a scale, a currency or a known unit behind it: 三星, 四川 and 一带一路 are no amounts.

import { Decimal, ZERO } from "./decimal.js"
import { lexicon, matchAt, searchBefore } from "./lexicon.js"
import { dateQuantity, measure, number, quantity, read, readDigits, shareOf } from "./numerals.js"
import { isDigit, Scanner } from "./scanner.js"
import { simple } from "./simple.js"
import { chinese as words } from "./words.js"

const TABLES = lexicon(words)
const P = TABLES.patterns
const { digits: DIGITS, units: UNITS } = words
const LONGEST = 30 // characters of a numeral; longer ones are rows of digits
const ENGLISH_SCALES = { ...words.scales, ...words.short_scales }
const HUNDREDS = { 百: 100, 千: 1000, 万: 10_000, 十: 10 }
const has = (table, word) => word !== undefined && Object.hasOwn(table, word)
const isAscii = (character) => character !== undefined && character < "\u0080"
const isName = (character) => /^[0-9A-Za-z]$/.test(character ?? "")
const spelledDigits = (text) => Array.from(text, (character) => DIGITS[character]).join("")
const isYear = (figure) => figure >= 1800 && figure <= 2099
const HALF = Decimal.of("0.5")

const powerOf = (scale) => Array.from(scale).reduce((sum, character) => sum + UNITS[character], 0)

export function scan(text) {
  return new Chinese(text).scan()
}

class Chinese extends Scanner {
  constructor(text) {
    const simplified = simple(text)
    super(TABLES, simplified, simplified.replaceAll("\u00a0", " "))
    this.traditional = simplified !== text
  }

  // Numbers

  // Digits, Chinese numerals, or both at once, with all their scales: 1亿2千3百万.
  number(at) {
    const { text } = this
    if (text[at] === "半") return number(at, at + 1, HALF, { spelled: true })
    let found = this.match("fold", at)
    if (found) {
      return number(at, found.end, 2 ** DIGITS[found[1]], { measure: measure("multiple", found.end) })
    }
    if ((found = this.match("parts", at))) return this.share(found)
    if ((found = this.match("bare", at))) {
      // A scale word alone, which counts only beside a hedge: 过亿, 百余.
      return number(at, found.end, Decimal.of(1).shifted(powerOf(found[1])), {
        power: powerOf(found[1]), scale: found[1], spelled: true, more: found[0] !== found[1], loose: true,
      })
    }
    const run = matchAt(P.numeral, text, at)
    if (!run) return null
    const numeral = run[0].replace(/[多余个 ]/g, "").replaceAll("〇", "零").replaceAll("廿", "二十").replaceAll("卅", "三十")
    const scales = numeral.match(/[万亿兆]+/g) ?? []
    const scale = scales.reduce((best, one) => (powerOf(one) > powerOf(best) ? one : best), "")
    const value = numeral.length > LONGEST ? "malformed" : evaluate(numeral)
    const more = /[多余]/.test(run[0])
    const broken = more && !/[多余] ?[十百千万亿兆]+$/.test(run[0])
    return this.goOn(number(at, run.end, typeof value === "string" ? ZERO : value, {
      power: powerOf(scale), scale: scale === "兆" && !numeral.endsWith("兆") ? "万亿" : scale || null,
      spelled: !isAscii(text[at]), plain: /^[0-9]+$/.test(numeral), more, loose: run[0].includes("·"),
      refusal: broken ? "malformed" : typeof value === "string" ? value : null,
    }))
  }

  // With what may stand behind the scales: 两亿半, 3亿多, 1.5 billion.
  goOn(found) {
    const scale = /[万亿兆]+$/.exec(this.text.slice(found.start, found.end))
    const last = scale ? powerOf(scale[0]) : 0
    if (last && !found.more && this.match("half", found.end)) {
      found = { ...found, value: found.value.plus(Decimal.of(5).shifted(last - 1)), end: found.end + 1 }
    }
    const many = found.more ? null : this.match("more", found.end)
    if (many) found = { ...found, more: true, end: many.end }
    const english = found.power || found.spelled || found.more ? null : this.match("english", found.end)
    if (!english) return found
    const word = (english[1] ?? english[2]).toLowerCase()
    const power = ENGLISH_SCALES[word]
    return {
      ...found, scale: word, power, end: english.end, value: found.value.shifted(power), plain: false,
      loose: Boolean(english[2]),
    }
  }

  // 百分之十二点五, 千分之三, 四分之三 in per cent; what no decimal can say is refused.
  share(found) {
    const starts = this.match("candidate", found.end) && !this.match("parts", found.end)
    const inner = starts ? this.number(found.end) : null
    if (!inner || inner.measure) return null
    const of = isDigit(found[1]) ? Number(found[1]) : HUNDREDS[found[1]] ?? DIGITS[found[1]]
    const share = of ? shareOf(inner.value, of) : "malformed"
    const refusal = inner.power || inner.more ? "malformed" : inner.refusal
    const more = { ...inner, start: found.index, measure: measure("percent", inner.end, { shared: of === 100 }) }
    if (typeof share === "string") return { ...more, refusal: refusal ?? share }
    return { ...more, value: share.shifted(2), refusal }
  }

  // Before a number

  isMoved(joint, start, floor, alone) {
    if (!["至", "到"].includes(joint)) return false
    return Boolean(
      searchBefore(P.away_from, this.text, Math.max(floor, start - 8), start) ||
      (!alone && searchBefore(P.moved, this.text, Math.max(floor, start - 5), start)),
    )
  }

  // Behind a number

  measure(found) {
    const { end } = found
    let match = this.match("percent", end)
    if (match) return measure("percent", match.end, { factor: match[0].includes("‰") ? -1 : 0 })
    match = this.match("tenths", end)
    if (match && !found.power && found.value.atMost(10)) {
      const plus = match[1] === "半" ? 5 : DIGITS[match[1]] ?? 0
      return measure("percent", match.end, { factor: 1, plus: Decimal.of(plus) })
    }
    match = this.match("times", end)
    if (match) return this.halved(measure("multiple", match.end))
    match = this.match("half_unit", end)
    if (match) return measure("duration", match.end, { unit: TABLES.durations.get(`个${match[1]}`), plus: HALF })
    const money = this.moneyAt(end + (this.lower[end] === " " ? 1 : 0), found, true)
    if (money) return this.withChange(money)
    match = this.match("duration", end)
    if (!match) return this.noun(end)
    const plainYear = found.plain && !found.more && found.value.atLeast(1001) && found.value.lessThan(2200)
    if (match[1] === "年" && (plainYear || searchBefore(P.era, this.text, found.start - 3, found.start))) {
      return measure("duration", match.end, { refusal: "not-a-quantity" })
    }
    return this.halved(measure("duration", match.end, { unit: TABLES.durations.get(match[1]) }))
  }

  // A sum with the currency that is named twice (元欧元) or with its change (12元5角).
  withChange(money) {
    if (this.text[money.end - 1] !== "元" || !money.generic) return money
    const second = this.secondCurrency(money.end)
    if (second) {
      return measure("money", money.end + second.length, { currency: TABLES.currencies.get(second) })
    }
    const change = matchAt(P.change, this.text, money.end)
    const part = (digit, places) => (digit ? Decimal.of(DIGITS[digit] ?? Number(digit)).shifted(-places) : ZERO)
    return { ...money, end: change.end, plus: part(change[1], 1).plus(part(change[2], 2)) }
  }

  halved(found) {
    return this.match("half", found.end) ? { ...found, end: found.end + 1, plus: HALF } : found
  }

  noun(end) {
    const noun = this.match("noun", end)
    if (noun) {
      const known = noun[1].length > 1 || words.known_characters.includes(noun[1])
      return measure("count", noun.end, { unit: TABLES.nouns.get(noun[1]), known })
    }
    const word = this.match("measure_word", end)
    return word && measure("count", word.end, { known: false })
  }

  // Whether it counts

  counts({ start, end, low, high, measure: behind, sign }, hedged) {
    const { text } = this
    const whole = start === 0 && end === text.length
    const kind = sign ? "money" : behind?.kind
    const sure = kind === "percent" || kind === "money"
    if (low.loose && low.spelled) return hedged && (low.power >= 4 || behind !== null) // a scale word alone
    if (low.loose && !sure) return low.power >= 4 && text.slice(low.start, low.end).includes("·")
    if (!behind && (high ?? low).more && !low.power) return false
    if (low.spelled && !low.power && !high && low.value.equals(1)) {
      const half = behind && !behind.plus.zero
      return Boolean(half || (whole && kind && kind !== "count") || kind === "percent")
    }
    if (sure || low.power >= 4) return sure || low.refusal !== "vague"
    if (low.refusal === "vague") return false
    if (behind) {
      if (!low.spelled || kind !== "count" || low.power || hedged) return true
      return behind.known || words.safe_measure_words.includes(text[behind.end - 1]) || low.value.atLeast(100)
    }
    if (low.spelled) return whole
    if (!low.plain && low.value.atLeast(1000)) return true
    if (isName(text[low.end])) return false
    return low.power > 0 || whole || (hedged && low.value.atLeast(100))
  }

  uncounted({ low, high, measure: behind }) {
    let { end } = high ?? low
    if (low.refusal || (!behind && this.touching(end, null) > end)) end = this.extent(end)
    return [null, Math.max(end, low.start + 1)]
  }

  isVaguePair(low, high) {
    return low.end === low.start + 1 && String(high.value)[0] === String(low.value.plus(1))
  }

  areEnds(low, high, behind) {
    const year = high.plain && isYear(Number(high.value)) && this.text[high.end] === "年"
    return !high.more && !year && (high.power > 0 || behind !== null)
  }

  // Dates, years and ranks; days without a year, clock times and scores are passed over.
  special(at, floor) {
    const { text } = this
    const before = at > floor ? text[at - 1] : " "
    if (before === "第") return this.rank(at)
    const found = this.date(at)
    if (!found && "几数好成".includes(before) && !isAscii(text[at])) {
      const vague = matchAt(P.numerals, text, at) // 几十亿, 数千万: nobody knows how many
      return [null, vague ? this.extent(vague.end) : at + 1]
    }
    return found
  }

  date(at) {
    const { text } = this
    const dated = matchAt(P.date, text, at) ?? matchAt(P.iso_date, text, at)
    if (dated) {
      const made = dateQuantity(Number(dated[1]), Number(dated[2]), dated[3] ? Number(dated[3]) : null)
      return [made && read(text, at, dated.end, made), dated.end]
    }
    const years = matchAt(P.years, text, at)
    if (years && years[1] < years[2]) {
      const made = quantity(years[1], "year", { bound: "range", valueMax: Decimal.of(years[2]) })
      return [read(text, at, years.end, made), years.end]
    }
    const year = matchAt(P.year, text, at)
    if (year) {
      const figure = Array.from(year[1], (digit) => DIGITS[digit] ?? digit).join("")
      return [read(text, at, at + 5, quantity(figure, "year")), year.end]
    }
    const clock = matchAt(P.clock, text, at)
    if (clock) return [null, this.extent(Math.max(clock.end, this.runEnd(at)))]
    const undated = matchAt(P.day_only, text, at)
    return undated && [null, undated.end]
  }

  // 第三名, 第12位, and 第一 where the words before speak of a rank.
  rank(at) {
    const { text } = this
    const found = this.number(at)
    if (!found || found.power || found.refusal || found.more) return [null, found ? this.extent(found.end) : this.runEnd(at)]
    const ahead = searchBefore(P.rank_ahead, text, Math.max(0, at - 9), at - 1)
    const named = ["名", "位"].includes(text[found.end])
    const several = matchAt(P.rank_run, text, at)
    if (several || !(named || ahead || (at === 1 && found.end === text.length))) {
      return [null, several ? several.end : found.end + 1]
    }
    const prefix = searchBefore(P.rank_prefix, text, Math.max(0, at - 4), at - 1)
    const end = found.end + (named ? 1 : 0)
    return [read(text, prefix ? prefix.index : at - 1, end, quantity(found.value, "rank")), end]
  }
}

// The value of a numeral, split at its largest scale: 5万6千亿 is (5万6千) times 亿.
function evaluate(run) {
  for (const [unit, power] of Object.entries(UNITS)) {
    const at = run.lastIndexOf(unit)
    if (at < 0) continue
    const [left, right] = [run.slice(0, at), run.slice(at + 1)]
    const high = left ? evaluate(left) : power === 1 ? Decimal.of(1) : "malformed"
    const rest = right.replace(/^零+/, "")
    let low = rest ? evaluate(rest) : ZERO
    if (typeof high === "string" || typeof low === "string") {
      return high === "vague" || low === "vague" ? "vague" : "malformed"
    }
    if (has(DIGITS, right)) low = low.shifted(power - 1) // 一万二 is 12,000
    else if (right.length === 1 && power > 1) return "malformed" // 3亿7
    if (!low.zero && (!high.whole || low.shifted(-power).atLeast(1))) return "malformed"
    if (power < 4 && high.atLeast(10) && !/^[\x00-\x7f]*$/.test(left)) return "malformed"
    return high.shifted(power).plus(low)
  }
  const [whole, part, more] = run.split("点")
  if (more !== undefined) return "malformed" // 一点五点三
  if (isDigit(whole[0] ?? "")) return part ? "malformed" : readDigits(whole)
  const digit = DIGITS[whole.replace(/^零+/, "") || "零"]
  if (digit === undefined) return Array.from(whole).every((one) => has(DIGITS, one)) ? "vague" : "malformed"
  return Decimal.of(`${digit}.${part ? spelledDigits(part) : 0}`)
}
