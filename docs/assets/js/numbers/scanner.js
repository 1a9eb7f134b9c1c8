// The scanner of number phrases, which both grammars share. A number is read whole or not at all:
// where something that looks like a part of it touches the phrase without being understood, the
// whole run is refused. The Python scanner of this project is its twin and reads the same tables.

import { matchAt, searchBefore } from "./lexicon.js"
import { combine, measure, quantity, read } from "./numerals.js"

export const isLetter = (character) => /\p{L}/u.test(character ?? "")
export const isAlphanumeric = (character) => /[\p{L}\p{N}]/u.test(character ?? "")
export const isDigit = (character) => character >= "0" && character <= "9"
const RANGE_WORDS = ["to", "至", "到"]
const PAIR_WORDS = ["or", "、"]

// A result is [reading or null, where to go on]; null alone where nothing is there.
export class Scanner {
  constructor(tables, text, lower) {
    Object.assign(this, { tables, patterns: tables.patterns, text, lower })
  }

  *scan() {
    let position = 0
    for (;;) {
      this.patterns.search.lastIndex = position
      const found = this.patterns.search.exec(this.lower)
      if (!found) return
      const [reading, next] = this.phrase(found.index, position)
      position = next
      if (reading) yield reading
    }
  }

  match(name, at) { return matchAt(this.patterns[name], this.lower, at) }

  // The phrase around the number at `at`; nothing is taken from left of `floor`.
  phrase(at, floor) {
    const special = this.special(at, floor)
    if (special) return special
    const low = this.number(at)
    if (!low) return [null, this.runEnd(at)]
    const phrase = { start: at, low, high: null, measure: null, sign: null, end: 0 }
    this.takeSign(phrase, floor)
    const start = this.before("minus", phrase.start, floor, 10)
    if (start < phrase.start) {
      phrase.start = start
      low.value = low.value.negated()
    }
    const glue = low.spelled ? "glued_word" : "glued"
    if (phrase.start === at && this.before(glue, at, floor, 3) < at) {
      return [null, this.extent(Math.max(low.end, this.runEnd(at)), true)]
    }
    let vague = this.otherEnd(phrase, floor)
    const last = phrase.high ?? phrase.low
    let behind = last.measure ?? this.measure(last)
    if (behind?.refusal === "not-a-quantity") return [null, behind.end]
    if (phrase.sign && behind?.kind !== "money") {
      const letters = isLetter(phrase.sign.at(-1))
      const loose = this.tables.currencies.has(phrase.sign) && !last.power
      if (behind && !loose && (letters || !this.tables.words.kinds_after_sum.includes(behind.kind))) vague ??= "touching"
      else if (letters && (behind || loose)) {
        phrase.sign = null // 欧元4年新高
        phrase.start = phrase.low.start
      } else behind = null
    } else if (phrase.sign && behind && this.text[phrase.start - 1] === "每") {
      phrase.sign = null // 每美元1100韩元
      phrase.start = phrase.low.start
    }
    phrase.measure = behind
    phrase.end = behind ? behind.end : last.end
    const bounds = phrase.low.more || last.more ? [this.tables.words.open_end] : []
    const after = this.match("hedge_behind", phrase.end)
    if (after) {
      bounds.push(this.tables.hedgesAfter.get(after[0].replace(/^[ -]/, "")))
      phrase.end = after.end
      const noun = behind ? null : this.noun(phrase.end, last)
      if (noun) [phrase.measure, phrase.end] = [noun, noun.end]
    }
    bounds.push(...this.hedgesBefore(phrase, floor))
    if (!low.measure && !this.counts(phrase, bounds.length > 0)) return this.uncounted(phrase)
    const from = this.before(phrase.sign ? "foreign_sign" : "head_before", phrase.start, floor, 16)
    let end = this.touching(phrase.end, phrase.low.measure ? null : phrase.measure)
    const whole = from === phrase.start && end === phrase.end
    if (vague || phrase.low.refusal || end > phrase.end) end = this.extent(end, Boolean(vague))
    const refusal = vague ?? (whole ? null : last.refusal ?? "touching")
    return [read(this.text, from, end, refusal ?? this.quantity(phrase, last, bounds)), end]
  }

  // The end of the run of letters and digits that the number at `at` is a part of.
  runEnd(at) { return this.match("run", at)?.end ?? at + 1 }

  // Where the match of a pattern that ends at `start` begins, or `start`.
  before(name, start, floor, size) {
    return searchBefore(this.patterns[name], this.lower, Math.max(floor, start - size), start)?.index ?? start
  }

  // At most two hedges before the phrase, nearest first; its start moves to theirs.
  hedgesBefore(phrase, floor) {
    const { low, measure: behind } = phrase
    const bounds = []
    const lasting = behind?.kind === "duration" || behind?.unit === "seasons"
    if (phrase.high) phrase.start = this.before("between", phrase.start, floor, 20)
    const bare = low.loose && phrase.start === low.start
    for (const name of [bare ? "bare_hedge" : "hedge", "hedge"]) {
      const found = searchBefore(this.patterns[name], this.lower, Math.max(floor, phrase.start - 24), phrase.start)
      if (!found || (lasting && this.tables.words.not_lasting.includes(found[1]))) break
      bounds.push(this.tables.hedges.get(found[1]))
      phrase.start = found.index
    }
    return bounds
  }

  // The end of what looks like a part of a number behind `end`, or `end`.
  touching(end, behind) {
    const found = this.match(behind ? "touching_unit" : "touching", end)
    if (found) return found.end
    return behind?.kind === "money" ? end + this.secondCurrency(end).length : end
  }

  // The currency word that touches the one before it, or an empty string.
  secondCurrency(end) {
    const word = this.tables.currencies.at(this.text, end)
    return !word || this.tables.words.generic_currencies.includes(word) || this.match("not_currency", end) ? "" : word
  }

  // The end of the run of numerals, scales, signs and joints that goes on at `end`.
  extent(end, apart = false) {
    for (;;) {
      let more = this.touching(end, null)
      const joint = more === end ? this.match("joint", end) : null
      const word = joint?.[0].trim()
      const joins = joint && !["and", "or", "、"].includes(word) && (apart || joint[0] === word)
      if (joins && this.match("candidate", joint.end)) {
        more = this.number(joint.end)?.end ?? end
      }
      if (more === end) return end
      end = more
    }
  }

  // Takes the currency sign or code that stands before the number, with a space or without.
  takeSign(phrase, floor) {
    const { signs, currencies, wordlikeCodes } = this.tables
    const gap = [" ", "\u00a0"].includes(this.text[phrase.start - 1]) ? 1 : 0
    const end = phrase.start - gap
    let sign = signs.before(this.text, end, floor)
    if (!sign) {
      const word = (currencies.before(this.text, end, floor) ?? "").replace(/^元/, "")
      sign = matchAt(this.patterns.sign_word, word, 0) ? word : null
    }
    if (!sign || (wordlikeCodes.has(sign) && !phrase.low.power)) return
    phrase.sign = sign
    phrase.start = end - sign.length
  }

  // The currency that is named at `at`, behind the number.
  moneyAt(at, found, apart) {
    const { cents, codes, currencies, wordlikeCodes } = this.tables
    const cent = apart && !found.power ? cents.at(this.lower, at) : null
    if (cent) return measure("money", at + cent.length, { currency: cents.get(cent), factor: -2 })
    const code = this.text.slice(at, at + 3)
    if (Object.hasOwn(codes, code)) {
      if (matchAt(this.patterns.code_goes_on, this.text, at + 3) && !found.power) return null
      if (!wordlikeCodes.has(code) || found.power) return measure("money", at + 3, { currency: codes[code] })
    }
    const sign = this.tables.signs.at(this.text, at)
    if (sign && !isLetter(sign.at(-1)) && !matchAt(this.patterns.code_goes_on, this.text, at + sign.length)) {
      return measure("money", at + sign.length, { currency: this.tables.signs.get(sign), generic: sign === "$" })
    }
    const word = apart ? currencies.at(this.lower, at) : null
    const alone = !found.power && this.match("not_currency_alone", at)
    if (!word || alone || this.match("not_currency", at)) return null
    const currency = currencies.get(word)
    const ambiguous = currency === null || (word === "pounds" && !found.power)
    return measure("money", at + word.length, {
      currency, generic: this.tables.words.generic_currencies.includes(word), refusal: ambiguous ? "ambiguous-currency" : null,
    })
  }

  // Takes the other end where the phrase is a range; a refusal where it is a vague pair.
  otherEnd(phrase, floor) {
    const { low } = phrase
    if (low.refusal || low.more) return null
    const first = this.measure(low)
    for (const end of first ? [low.end, first.end] : [low.end]) {
      const joint = this.match("joint", end)
      if (!joint) continue
      const word = joint[0].trim()
      if (this.isMoved(word, phrase.start, floor, !first)) continue
      let at = joint.end
      const minus = ["-", "−", "负"].includes(this.text[at]) && !["-", "–"].includes(word)
      if (minus) at += 1
      const sign = this.tables.signs.at(this.text, at)
      if (sign) at += sign.length + (this.text[at + sign.length] === " " ? 1 : 0)
      const high = this.match("candidate", at) ? this.number(at) : null
      if (!high || high.refusal || (high.spelled !== low.spelled && !this.tables.words.mixes_numerals)) continue
      if (minus) high.value = high.value.negated()
      if (sign && !phrase.sign) continue
      if (PAIR_WORDS.includes(word)) {
        if (!first && this.isVaguePair(low, high)) {
          phrase.high = high
          return "vague"
        }
        continue
      }
      if (this.pair(phrase, high, end > low.end ? first : null)) return null
      if (this.isBrokenRange(low, high, first, joint[0])) {
        phrase.high = high
        return "malformed"
      }
    }
    return null
  }

  // Whether two numbers look like the ends of a range and are none: 3至5亿多, 320元～30元.
  isBrokenRange(low, high, first, joint) {
    const tight = joint === joint.trim()
    const second = this.measure(high)
    if (first) return tight && "-–~−".includes(joint) && second?.kind === first.kind
    if (low.power) return tight && high.value.lessThan(low.value)
    const year = low.value.atLeast(1800) && low.value.lessThan(2100)
    return (tight || RANGE_WORDS.includes(joint.trim())) && !year && Boolean(high.power || second)
  }

  // Makes `high` the other end of the phrase, if both ends measure the same.
  pair(phrase, high, first) {
    let { low } = phrase
    let second = high.measure ?? this.measure(high)
    if (low.measure?.shared && !second) high.measure = second = { ...low.measure, end: high.end }
    first = low.measure ?? first
    if (first && first.kind !== second?.kind) return false
    if (first && (first.unit !== second.unit || first.currency !== second.currency)) return false
    if (high.power && !low.power) {
      const value = low.value.shifted(high.power)
      if (value.lessThan(high.value)) {
        low = { ...low, value, power: high.power, scale: high.scale, plain: false }
      } else if (low.value.magnitude().lessThan(1000) || first) return false
    }
    if (high.value.lessThan(low.value) && low.value.negative) {
      [low, high] = [{ ...low, value: high.value }, { ...high, value: low.value }]
    }
    if (low.value.atLeast(high.value) || !this.areEnds(low, high, second, phrase.sign)) return false
    Object.assign(phrase, { low, high })
    return true
  }

  // What the phrase says, or why it cannot be read.
  quantity({ low, high, sign, measure: behind }, last, bounds) {
    const kind = sign ? "money" : behind?.kind ?? "count"
    let refusal = low.refusal ?? high?.refusal ?? behind?.refusal ?? null
    let currency = null
    if (kind === "money") {
      currency = this.currency(sign, behind)
      if (!currency) refusal ??= "ambiguous-currency"
    }
    if (last.scale === "兆" && !(this.traditional && this.tables.words.trillion_currencies.includes(currency))) refusal ??= "ambiguous-scale"
    if (high && behind && !behind.plus.zero) refusal ??= "malformed"
    const bound = high ? "range" : combine(bounds)
    if (refusal || !bound) return refusal ?? "contradictory-hedges"
    const scaled = ({ value }) => {
      if (!behind) return value
      const moved = value.shifted(behind.factor)
      return value.negative ? moved.minus(behind.plus) : moved.plus(behind.plus)
    }
    return quantity(scaled(low), kind, {
      bound, valueMax: high ? scaled(high) : null, currency,
      unit: kind === "money" ? null : behind?.unit ?? null, scale: last.scale,
    })
  }

  // The currency of a sign before the number and a word behind it, or null.
  currency(sign, behind) {
    const before = sign ? this.tables.signs.get(sign) ?? this.tables.currencies.get(sign) : null
    const word = behind?.currency ?? null
    if (before === null) {
      if (behind && word === null) return null
      return word ?? (sign === "¥" ? this.yuanOrYen() : null)
    }
    if (word === null || word === before || behind.generic) return before
    return sign === "$" && word.endsWith("D") ? word : null
  }

  // Which currency a bare ¥ means, where the text around it tells.
  yuanOrYen() {
    if (this.context === undefined) {
      const [yuan, yen] = ["yuan", "yen"].map((name) => new RegExp(this.patterns[name].source).test(this.lower))
      this.context = yuan === yen ? null : yuan ? "CNY" : "JPY"
    }
    return this.context
  }

}
