// Everything here only helps: without it the pages read, link and switch language all the same.
// The parts that only some readers use are fetched when they are first needed.

import { all, remember, root } from "./dom.js"
import { followSwitches, suggest } from "./languages.js"

followSwitches()
suggest()

// Colours: as the system, light, dark.
const button = document.querySelector("button[data-colours]")
const order = ["auto", "light", "dark"]
function showColours() {
  const word = button.dataset[root.dataset.colours || "auto"]
  const said = document.createElement("span")
  said.textContent = word
  button.replaceChildren(said)
  button.setAttribute("aria-label", `${button.dataset.label}: ${word}`)
}
if (button) {
  showColours()
  button.addEventListener("click", () => {
    const next = order[(order.indexOf(root.dataset.colours || "auto") + 1) % order.length]
    if (next === "auto") delete root.dataset.colours
    else root.dataset.colours = next
    remember("localStorage", "colours", next === "auto" ? null : next)
    showColours()
  })
}

// Copying: permanent addresses, and the texts of the boxes.
const toast = document.querySelector("[data-toast]")
const canonical = document.querySelector("link[rel=canonical]")
function copied() {
  toast.textContent = toast.dataset.toast
  toast.classList.add("toast--shown")
  setTimeout(() => {
    toast.classList.remove("toast--shown")
    toast.textContent = ""
  }, 2000)
}
if (!navigator.clipboard) {
  all("button[data-copies]").forEach((copy) => { copy.hidden = true })
} else {
  all("a[data-copy]").forEach((link) => {
    link.addEventListener("click", (event) => {
      event.preventDefault()
      const address = new URL(link.dataset.copy, canonical ? canonical.href : location.href)
      navigator.clipboard.writeText(address.href).then(copied, () => {
        location.href = link.href
      })
    })
  })
  all("button[data-copies]").forEach((copy) => {
    copy.addEventListener("click", () => {
      const box = document.getElementById(copy.dataset.copies)
      const text = box.tagName === "PRE" ? box.textContent : box.textContent.trim()
      navigator.clipboard.writeText(text).then(copied)
    })
  })
}

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

// What a page has decides what is fetched for it.
const parts = {
  "main .fig[href]": () => import("./cards.js"),
  "[data-peek]": () => import("./peek.js"),
  "[data-side]": () => import("./side.js"),
  "[data-slider]": () => import("./slider.js"),
  "[data-index]": () => import("./filters.js"),
  "[data-missing]": () => import("./missing.js"),
  "[data-moved]": () => import("./moved.js"),
  "[data-search]": () => import("./search.js"),
  "[data-lens]": () => import("./lens.js"),
}
for (const [selector, fetchPart] of Object.entries(parts)) {
  if (document.querySelector(selector)) fetchPart()
}
