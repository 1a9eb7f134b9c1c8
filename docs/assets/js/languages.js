// The language switch keeps page, anchor, query and reading position.

import { all, remember, remembered, root } from "./dom.js"

const KEY = "place"
const CHOICE = "language"
const OFFERED = "offered"
const NEAR = 60 // where text begins, below the header
const PREFIX = "zh-" // of Chinese ids on bilingual pages

const bare = (id) => (document.body.hasAttribute("data-both") && id.startsWith(PREFIX) ? id.slice(PREFIX.length) : id)

// Find the block whose start is nearest to the top of the window, and its distance from the top.
function place() {
  if (window.scrollY < 2) return null
  let found = null
  for (const element of all("main [id]")) {
    const box = element.getBoundingClientRect()
    if (box.height === 0 || element.closest("svg, details:not([open])")) continue
    const off = Math.abs(box.top - NEAR)
    if (!found || off < found.off) found = { id: bare(element.id), offset: box.top, off }
  }
  return found
}

function restore() {
  const kept = remembered("sessionStorage", KEY)
  if (!kept) return
  remember("sessionStorage", KEY, null)
  const { to, id, offset } = JSON.parse(kept)
  const [visit] = performance.getEntriesByType("navigation")
  if (to !== location.pathname || (visit && visit.type !== "navigate")) return
  const settle = () => {
    const block = document.getElementById(id)
    if (block) window.scrollBy({ top: block.getBoundingClientRect().top - offset, behavior: "instant" })
  }
  settle()
  // The browser may still jump to the anchor, and late styles may move the text.
  window.addEventListener("load", () => requestAnimationFrame(settle), { once: true })
}

export function followSwitches() {
  all("a[data-switch]").forEach((link) => {
    link.addEventListener("click", () => {
      link.search = location.search
      link.hash = bare(location.hash.slice(1))
      if (link.dataset.switch !== "both") remember("localStorage", CHOICE, link.dataset.switch)
      const kept = place()
      remember("sessionStorage", KEY, kept && JSON.stringify({ to: link.pathname, id: kept.id, offset: kept.offset }))
    })
  })
  restore()
}

// Suggest the other language once to readers whose browser prefers it; never redirect.
export function suggest() {
  const note = document.querySelector("[data-suggest]")
  if (!note || remembered("localStorage", CHOICE) || remembered("localStorage", OFFERED)) return
  const known = ["en", "zh"]
  const wanted = (navigator.languages || [navigator.language])
    .map((tag) => tag.slice(0, 2).toLowerCase())
    .find((code) => known.includes(code))
  if (wanted !== note.dataset.suggest) return
  note.hidden = false
  remember("localStorage", OFFERED, "yes")
  note.querySelector("button").addEventListener("click", () => {
    note.hidden = true
    remember("localStorage", CHOICE, root.lang.slice(0, 2))
  })
}
