// Text to quantity and back, in English and Chinese: `find` in running text, `parse` one phrase,
// `write` in the house style.

import { plain } from "./characters.js"
import { scan as chinese } from "./chinese.js"
import { scan as english } from "./english.js"

const SCAN = { en: english, zh: chinese }

// The number phrases of running text, in order, none overlapping.
export function find(text, language) {
  return Array.from(SCAN[language](plain(text)), (reading) => ({
    ...reading,
    exact: text.slice(reading.start, reading.end),
  }))
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
