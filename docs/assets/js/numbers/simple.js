// Traditional characters that the grammar knows as simplified ones, each in its place.

import { chinese } from "./words.js"

export function simple(text) {
  return Array.from(text, (character) => chinese.traditional[character] ?? character).join("")
}
