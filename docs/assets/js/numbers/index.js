// Text to quantity and back, in English and Chinese: `find` in running text, `parse` one phrase,
// `write` in the house style.

import { scan as chinese } from "./chinese.js"
import { scan as english } from "./english.js"
import { plain } from "./numerals.js"

const SCAN = { en: english, zh: chinese }

// The number phrases of running text, in order, none overlapping.
export function find(text, language) {
  const [characters, places] = plain(text)
  return Array.from(SCAN[language](characters), (reading) => {
    const [start, end] = [places[reading.start], places[reading.end - 1] + 1]
    return { ...reading, start, end, exact: text.slice(start, end) }
  })
}

// The whole of `text` as one number phrase, or a refusal with its reason.
export function parse(text, language) {
  const readings = find(text, language)
  for (const reading of readings) {
    const whole = reading.start === 0 && reading.end === text.length
    if (whole || reading.quantity === null) return { ...reading, exact: text, start: 0, end: text.length }
  }
  const reason = readings.length ? "trailing-text" : "no-number"
  return { exact: text, start: 0, end: text.length, quantity: null, reason }
}

export { Decimal } from "./decimal.js"
export { write, writeNumber } from "./writing.js"
