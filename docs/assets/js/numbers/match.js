// A number held against the numbers that the site knows.

import { Decimal } from "./decimal.js"
import { parse } from "./index.js"

const CLOSE = Decimal.of("0.05") // within five per cent counts as close in a search
const FAR = 3 // beyond three times as much, two numbers have nothing to say to each other
const ORDER = ["claim", "derivation", "report"]

// The quantity that a reader typed, in whichever language reads it, the page's own first.
export function typed(text, language) {
  const trimmed = text.trim()
  for (const one of [language, language === "en" ? "zh" : "en"]) {
    const { quantity } = parse(trimmed, one)
    if (quantity) return quantity
  }
  return null
}

// Whether two numbers measure the same: the same kind, currency and unit.
function comparable(quantity, known) {
  return known.kind === quantity.kind && !known.value_max && !quantity.valueMax &&
    (known.currency ?? null) === quantity.currency && (known.unit ?? null) === quantity.unit
}

// In a search, a bare number may count anything.
function searchable(quantity, known) {
  const bare = quantity.kind === "count" && !quantity.unit && !quantity.valueMax
  return comparable(quantity, known) || (bare && !known.value_max)
}

function ratio(value, known) {
  const other = Decimal.of(known.value)
  return other.zero || value.zero ? null : value.dividedBy(other, 12)
}

// How well a known number suits: equal before close, claims before our arithmetic and reports,
// the same hedge before another.
function suit(quantity, known) {
  const scale = ratio(quantity.value, known)
  if (scale === null) return null
  const off = scale.minus(1).magnitude()
  return { known, scale, off, hedge: known.bound === quantity.bound, sort: ORDER.indexOf(known.sort) }
}

const better = (one, other) =>
  one.off.compare(other.off) || one.sort - other.sort || Number(other.hedge) - Number(one.hedge)

// The known numbers that may be compared, the best first.
const suiting = (quantity, numbers, may) =>
  numbers.filter((known) => may(quantity, known)).map((known) => suit(quantity, known)).filter(Boolean).sort(better)

// Every known number that is equal to the quantity, and those that are close, the best first.
export function found(quantity, numbers) {
  const suits = suiting(quantity, numbers, searchable)
  return {
    same: suits.filter((one) => one.off.zero),
    near: suits.filter((one) => !one.off.zero && one.off.atMost(CLOSE)),
  }
}

// What the lens says of a quantity: the same as a known number, so many times one (or one so many
// times it: `below`), or nothing. A match is claimed only for equal kind, currency and unit.
export function verdict(quantity, numbers) {
  if (quantity.kind === "date" || quantity.kind === "rank") return null
  const suits = suiting(quantity, numbers, comparable)
  const same = suits.filter((one) => one.off.zero)
  if (same.length) return { ...same.find((one) => one.hedge && one.sort === same[0].sort) ?? same[0], same: true }
  if (quantity.kind === "year" || (quantity.kind === "count" && !quantity.unit)) return null
  const best = suits.find((one) => one.known.sort === "claim" &&
    one.scale.atMost(FAR) && one.scale.atLeast(Decimal.of(1).dividedBy(FAR)))
  if (!best) return null
  const below = best.scale.lessThan(1)
  return { ...best, same: false, below, scale: below ? Decimal.of(1).dividedBy(best.scale) : best.scale }
}
