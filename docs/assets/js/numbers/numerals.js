// What both grammars build with: plain characters, numerals in digits, bounds, dates.

import { Decimal, ZERO } from "./decimal.js"
import { matchAt } from "./lexicon.js"
import { english } from "./words.js"

const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufe00-\ufe0f]/
const TABLE = new Map()
for (let code = 0xff01; code < 0xff5f; code += 1) {
  TABLE.set(String.fromCharCode(code), String.fromCharCode(code - 0xfee0))
}
for (const [from, to] of [[0x2f00, 0x2fd6], [0x2e80, 0x2ef4], [0xf900, 0xfaff]]) {
  for (let code = from; code < to; code += 1) {
    const unified = String.fromCharCode(code).normalize("NFKC")
    if (unified.length === 1) TABLE.set(String.fromCharCode(code), unified)
  }
}
for (const [plain, variants] of Object.entries(english.variants)) {
  for (const character of variants) TABLE.set(character, plain)
}

// The text with plain characters, without invisible ones, and the place of each in the text.
export function plain(text) {
  const characters = []
  const places = []
  for (let at = 0; at < text.length; at += 1) {
    if (INVISIBLE.test(text[at])) continue
    characters.push(TABLE.get(text[at]) ?? text[at])
    places.push(at)
  }
  return [characters.join(""), places]
}

const BLOB = new RegExp(english.patterns.blob, "y")
const LONGEST = 30
const PLAIN = /^[0-9]+(?:[.·][0-9]+)?$/
const GROUPED = /^[0-9]{1,3}(?:(?:,[0-9]{3})+|(?:'[0-9]{3})+|(?:\u00a0[0-9]{3})+)(?:\.[0-9]+)?$/

// A numeral with its scale, before anything is known of what it counts.
export function number(start, end, value, more = {}) {
  return {
    start, end, value: Decimal.of(value), power: 0, scale: null, spelled: false, plain: false,
    more: false, loose: false, measure: null, refusal: null, ...more,
  }
}

// What stands behind a number: the kind it makes of it, the unit, and where it ends.
export function measure(kind, end, more = {}) {
  return {
    kind, end, currency: null, unit: null, factor: 0, plus: ZERO, known: true, generic: false,
    shared: false, refusal: null, ...more,
  }
}

export function quantity(value, kind, more = {}) {
  return {
    value: Decimal.of(value), kind, bound: "exact", valueMax: null, currency: null, unit: null,
    scale: null, edtf: null, ...more,
  }
}

// The reading of text[start:end]: a quantity, or the reason why there is none.
export function read(text, start, end, found) {
  const refused = typeof found === "string"
  return {
    exact: text.slice(start, end), start, end,
    quantity: refused ? null : found, reason: refused ? found : null,
  }
}

// The exact value of a numeral, or the name of the refusal.
export function readDigits(blob) {
  const fraction = english.fractions[blob.at(-1)]
  const digits = fraction === undefined ? blob : blob.slice(0, -1)
  if (digits.length > LONGEST) return "malformed"
  if (!PLAIN.test(digits) && !GROUPED.test(digits)) return "ambiguous-separator"
  const value = Decimal.of(digits.replace(/[,'\u00a0]/g, "").replace("·", "."))
  if (fraction === undefined) return value
  return fraction ? value.plus(fraction) : "no-exact-decimal"
}

// The numeral in digits at `at`, which holds one.
export function numberInDigits(text, at) {
  const blob = matchAt(BLOB, text, at)
  const value = readDigits(blob[0])
  if (typeof value === "string") return number(at, blob.end, ZERO, { refusal: value })
  return number(at, blob.end, value, { plain: /^[0-9]+$/.test(blob[0]), loose: blob[0].includes("·") })
}

// One bound from the hedges around a number, or null: two firm ones that differ are refused.
export function combine(bounds) {
  const firm = new Set(bounds.filter((bound) => bound !== "about"))
  if (firm.size > 1) return null
  return firm.size ? [...firm][0] : bounds.length ? "about" : "exact"
}

// A date as a quantity, or null where there is no such day; `day` may be null.
export function dateQuantity(year, month, day) {
  const made = new Date(Date.UTC(year, month - 1, day ?? 1))
  made.setUTCFullYear(year)
  if (year < 1 || made.getUTCMonth() !== month - 1 || made.getUTCDate() !== (day ?? 1)) return null
  const two = (part) => String(part).padStart(2, "0")
  const edtf = `${String(year).padStart(4, "0")}-${two(month)}${day === null ? "" : `-${two(day)}`}`
  return quantity(edtf.replaceAll("-", ""), "date", { edtf })
}

// `parts` of `of` as a decimal; thirds and the like have none.
export function shareOf(parts, of) {
  const share = Decimal.of(parts).dividedBy(of, 40)
  return share.times(of).equals(parts) ? share : "no-exact-decimal"
}
