// What the grammars of both languages build with. A quantity is a plain object with the fields
// value, kind, bound, valueMax, currency, unit, scale, edtf; a refusal is its name, a string.

import { Decimal } from "./decimal.js"

// A pattern for any of `phrases`, the longest first; a space in one may be a hard space.
export function anyOf(phrases) {
  return [...phrases]
    .sort((one, other) => other.length - one.length || (one < other ? -1 : 1))
    .map((phrase) => phrase.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replaceAll(" ", "[ \\u00a0]"))
    .join("|")
}

// Matches `pattern` right at `at`; the match, with its `end`, or null. The pattern is sticky.
export function matchAt(pattern, text, at) {
  pattern.lastIndex = at
  const found = pattern.exec(text)
  if (found) found.end = found.index + found[0].length
  return found
}

// Searches for a pattern that ends with $ in text[floor:end], as if the text ended there.
// Characters before `floor` are seen by look-behinds, as they are by Python's search(floor, end).
export function searchBefore(pattern, text, floor, end) {
  const cut = text.slice(0, Math.max(end, 0))
  pattern.lastIndex = Math.max(floor, 0)
  const found = pattern.exec(cut)
  if (found) found.end = found.index + found[0].length
  return found
}

export function quantity(value, kind, more = {}) {
  return {
    value: Decimal.of(value), kind, bound: "exact", valueMax: null, currency: null, unit: null,
    scale: null, edtf: null, ...more,
  }
}

// A numeral with its scale, before anything is known of what it counts.
export function number(start, end, value, more = {}) {
  return {
    start, end, value: Decimal.of(value), power: 0, scale: null, spelled: false, plain: false,
    more: false, refusal: null, ...more,
  }
}

// What stands behind a number: the kind it makes of it, the unit, and where it ends.
export function measure(kind, end, more = {}) {
  return { kind, end, currency: null, unit: null, factor: 0, known: true, refusal: null, ...more }
}

// One bound from the hedges around a number: "about" gives way, two firm ones are refused.
export function combine(bounds) {
  const firm = new Set(bounds.filter((bound) => bound !== "about"))
  if (firm.size > 1) return { refusal: "contradictory-hedges" }
  if (firm.size) return { bound: [...firm][0] }
  return { bound: bounds.length ? "about" : "exact" }
}

// The reading of text[start:end]: a quantity, or the reason why there is none.
export function read(text, start, end, found) {
  const refused = typeof found === "string"
  return {
    exact: text.slice(start, end), start, end,
    quantity: refused ? null : found, reason: refused ? found : null,
  }
}

export function negative(value, minus) {
  return minus && !value.zero ? value.negated() : value
}

// A date as a quantity, or null where there is no such day; `day` may be null.
export function dateQuantity(year, month, day) {
  const made = new Date(Date.UTC(year, month - 1, day ?? 1))
  made.setUTCFullYear(year)
  if (year < 1 || made.getUTCMonth() !== month - 1 || made.getUTCDate() !== (day ?? 1)) return null
  const two = (part) => String(part).padStart(2, "0")
  const edtf = `${String(year).padStart(4, "0")}-${two(month)}${day === null ? "" : `-${two(day)}`}`
  return quantity(Decimal.of(edtf.replaceAll("-", "")), "date", { edtf })
}

// `parts` of `of` as a percentage; thirds and the like have no exact decimal.
export function percentOf(parts, of) {
  let rest = BigInt(of)
  const top = parts.units * 100n
  let denominator = rest * 10n ** BigInt(parts.places)
  const common = divisor(top < 0n ? -top : top, denominator)
  denominator /= common
  rest = denominator
  for (const prime of [2n, 5n]) while (rest % prime === 0n) rest /= prime
  if (rest !== 1n) return "no-exact-decimal"
  return quantity(new Decimal(top / common).dividedBy(new Decimal(denominator), 80), "percent")
}

function divisor(one, other) {
  while (other) [one, other] = [other, one % other]
  return one
}

// The quantity under the hedges around it.
export function withBounds(found, bounds) {
  const combined = combine(bounds)
  if (typeof found === "string") return found
  return combined.refusal ?? { ...found, bound: combined.bound }
}
