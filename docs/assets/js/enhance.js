// Loaded by boot.js on the first interaction; imports the modules that the page has a use for.
// Progressive enhancement only: pages read, link and switch language without it.

import { all, enhancedSheet, remember, root } from "./dom.js"
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
    const words = buttons[0].dataset
    const word = words[root.dataset.colours] ?? words.auto
    const label = document.createElement("span")
    label.textContent = word
    button.replaceChildren(label)
    button.setAttribute("aria-label", `${words.label}: ${word}`)
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

// Citations that name the day of access get the reader's date.
const now = new Date()
const today = [now.getFullYear(), now.getMonth() + 1, now.getDate()]
  .map((part) => String(part).padStart(2, "0"))
  .join("-")
all("time[data-accessed]").forEach((time) => {
  time.textContent = today
  time.dateTime = today
})

// The search key (a slash) opens the search, except while typing.
const search = document.querySelector("a[data-key]")
document.addEventListener("keydown", (event) => {
  const writing = event.target.closest("input, textarea, select, [contenteditable]")
  if (!search || event.key !== search.dataset.key || writing) return
  if (event.ctrlKey || event.metaKey || event.altKey) return
  event.preventDefault()
  location.href = search.href
})

// Modules by the selector of the elements that need them.
const parts = {
  "[data-copy], [data-copies]": () => import("./clipboard.js"),
  "main .fig[href]": () => import("./tooltips.js"),
  "[data-peek]": () => import("./inline_translation.js"),
  "[data-side]": () => import("./currency_table.js"),
  "[data-slider]": () => import("./slider.js"),
  "[data-index]": () => import("./filters.js"),
  "[data-table]": () => import("./chart_table.js"),
  "[data-moved]": () => import("./moved.js"),
}
const needed = Object.keys(parts).filter((selector) => document.querySelector(selector))
await Promise.allSettled([enhancedSheet(), ...needed.map((selector) => parts[selector]())])
suggest()
