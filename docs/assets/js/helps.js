// Everything here only helps: without it the pages read, link and switch language all the same.
// It comes with the reader's first act, and brings what the page at hand has a use for.

import { all, lateSheet, remember, root } from "./dom.js"
import { followSwitches, suggest } from "./languages.js"

// The page may still be arriving.
if (document.readyState === "loading") {
  await new Promise((done) => { document.addEventListener("DOMContentLoaded", done) })
}
followSwitches()

// Colours: as the system, light, dark.
const buttons = all("button[data-colours]")
const order = ["auto", "light", "dark"]
function showColours() {
  for (const button of buttons) {
    const word = button.dataset[root.dataset.colours || "auto"]
    const said = document.createElement("span")
    said.textContent = word
    button.replaceChildren(said)
    button.setAttribute("aria-label", `${button.dataset.label}: ${word}`)
  }
}
showColours()
buttons.forEach((button) => button.addEventListener("click", () => {
  const next = order[(order.indexOf(root.dataset.colours || "auto") + 1) % order.length]
  if (next === "auto") delete root.dataset.colours
  else root.dataset.colours = next
  remember("localStorage", "colours", next === "auto" ? null : next)
  showColours()
}))

// An open menu closes with a click elsewhere and with Escape.
const menus = all(".top details")
addEventListener("click", ({ target }) => menus.forEach((menu) => {
  if (!menu.contains(target)) menu.open = false
}))
addEventListener("keydown", ({ key }) => menus.forEach((menu) => {
  if (key !== "Escape" || !menu.open) return
  menu.open = false
  menu.querySelector("summary").focus()
}))

// A citation that names the day of reading names the reader's own.
const now = new Date()
const today = [now.getFullYear(), now.getMonth() + 1, now.getDate()]
  .map((part) => String(part).padStart(2, "0"))
  .join("-")
all("time[data-accessed]").forEach((time) => {
  time.textContent = today
  time.dateTime = today
})

// A slash leads to the search, unless somebody is writing.
const search = document.querySelector("a[data-key]")
document.addEventListener("keydown", (event) => {
  const writing = event.target.closest("input, textarea, select, [contenteditable]")
  if (!search || event.key !== search.dataset.key || writing) return
  if (event.ctrlKey || event.metaKey || event.altKey) return
  event.preventDefault()
  location.href = search.href
})

// What a page has decides what is fetched for it. The helps are there once all of it is.
const parts = {
  "[data-copy], [data-copies]": () => import("./copying.js"),
  "main .fig[href]": () => import("./cards.js"),
  "[data-peek]": () => import("./peek.js"),
  "[data-side]": () => import("./side.js"),
  "[data-slider]": () => import("./slider.js"),
  "[data-index]": () => import("./filters.js"),
  "[data-table]": () => import("./table.js"),
  "[data-moved]": () => import("./moved.js"),
}
const needed = Object.keys(parts).filter((selector) => document.querySelector(selector))
await Promise.allSettled([lateSheet(), ...needed.map((selector) => parts[selector]())])
suggest()
