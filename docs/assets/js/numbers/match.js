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

// Whether two numbers may count the same sort of thing; a bare number may count anything.
function comparable(quantity, known) {
  const bare = quantity.kind === "count" && !quantity.unit
  if (quantity.kind === "money") return known.kind === "money" && known.currency === quantity.currency
  if (bare) return true
  if (quantity.kind === "count") return known.kind === "count" && (!known.unit || known.unit === quantity.unit)
  if (quantity.kind === "duration") return known.kind === "duration" && known.unit === quantity.unit
  return known.kind === quantity.kind
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

// Every known number that is equal to the quantity, and those that are close, the best first.
export function found(quantity, numbers) {
  const suits = numbers
    .filter((known) => comparable(quantity, known) && !known.valueMax)
    .map((known) => suit(quantity, known))
    .filter(Boolean)
    .sort(better)
  return {
    same: suits.filter((one) => one.off.zero),
    near: suits.filter((one) => !one.off.zero && one.off.atMost(CLOSE)),
  }
}

// What the lens says of a quantity: the same as a known number, so many times one, or nothing.
export function verdict(quantity, numbers) {
  if (quantity.kind === "date" || quantity.kind === "rank") return null
  const { same } = found(quantity, numbers)
  if (same.length) return { ...same.find((one) => one.hedge && one.sort === same[0].sort) ?? same[0], same: true }
  if (quantity.kind === "year" || (quantity.kind === "count" && !quantity.unit)) return null
  const suits = numbers
    .filter((known) => known.sort === "claim" && comparable(quantity, known) && !known.valueMax)
    .map((known) => suit(quantity, known))
    .filter((one) => one && one.scale.atMost(FAR) && one.scale.atLeast(Decimal.of(1).dividedBy(FAR)))
    .sort(better)
  return suits.length ? { ...suits[0], same: false } : null
}
