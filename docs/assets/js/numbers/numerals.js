// Numerals written in digits: what separators mean, and where they are ambiguous.

import { Decimal } from "./decimal.js"

export const BLOB = String.raw`[0-9]+(?:[.,][0-9]+)*(?:\u00a0[0-9]{3}(?![0-9]))*(?:\.[0-9]+)?`
const LONGEST = 30
const PLAIN = /^[0-9]+(?:\.[0-9]+)?$/
const COMMAS = /^[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?$/
const SPACES = /^[0-9]{1,3}(?:\u00a0[0-9]{3})+(?:\.[0-9]+)?$/

// The exact value of a numeral, or the name of the refusal. Commas and hard spaces group by
// threes, a point divides; whatever reads otherwise in another country is refused.
export function valueOf(blob) {
  if (blob.length > LONGEST) return "malformed"
  if (PLAIN.test(blob) || COMMAS.test(blob) || SPACES.test(blob)) {
    return Decimal.of(blob.replaceAll(",", "").replaceAll("\u00a0", ""))
  }
  return "ambiguous-separator"
}
