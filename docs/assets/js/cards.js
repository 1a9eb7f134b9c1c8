// Cards: what stands behind a number in prose, on hover or focus, fetched from its own page.

import { all, lateSheet, pageAt } from "./dom.js"

let card = null
let owner = null
let waiting = 0
let turn = 0 // only the latest opening may put up its card

function pageOf(url) {
  const address = url.origin + url.pathname
  return address === location.origin + location.pathname ? Promise.resolve(document) : pageAt(address)
}

function close() {
  clearTimeout(waiting)
  turn += 1
  card?.remove()
  if (owner) {
    owner.removeAttribute("aria-describedby")
    if (owner.dataset.said) owner.title = owner.dataset.said
  }
  card = owner = null
}

// A part of a page as it stands in a card: no ids, no links, no list items.
function shownIn(part) {
  let copy = document.importNode(part, true)
  if (copy.tagName === "LI") {
    const plain = document.createElement("div")
    plain.append(...copy.childNodes)
    copy = plain
  }
  for (const node of [copy, ...all("[id]", copy)]) node.removeAttribute("id")
  for (const inner of all("a", copy)) {
    const text = document.createElement("span")
    text.className = inner.className
    text.append(...inner.childNodes)
    inner.replaceWith(text)
  }
  return copy
}

async function open(link) {
  if (owner === link) return
  close()
  owner = link
  link.dataset.said = link.title || link.dataset.said || ""
  link.removeAttribute("title") // the card says it better
  const url = new URL(link.href)
  const own = turn
  const [page] = await Promise.all([pageOf(url), lateSheet()])
  const target = page.getElementById(decodeURIComponent(url.hash.slice(1)))
  if (turn !== own || !target) return
  let parts = target.matches("[data-card]") ? [target] : all("[data-card]", target)
  const status = parts.length > 1 && page.getElementById("status")
  if (status) parts = [...parts, status]
  if (!parts.length) return
  card = document.createElement("div")
  card.className = "card"
  card.id = "card"
  card.setAttribute("role", "tooltip")
  if (page.documentElement.lang !== document.documentElement.lang) card.lang = page.documentElement.lang
  card.append(...parts.map(shownIn))
  document.querySelector("main").append(card)
  place(link)
  link.setAttribute("aria-describedby", "card")
  card.addEventListener("pointerleave", leave)
  card.addEventListener("pointerenter", () => clearTimeout(waiting))
}

function place(link) {
  const at = link.getClientRects()[0]
  const size = card.getBoundingClientRect()
  const parent = card.offsetParent ? card.offsetParent.getBoundingClientRect() : { left: 0, top: 0 }
  const wide = document.documentElement.clientWidth
  const left = Math.max(8, Math.min(at.left, wide - size.width - 8))
  const below = at.bottom + size.height + 12 < window.innerHeight
  const top = below || at.top < size.height + 12 ? at.bottom + 6 : at.top - size.height - 6
  card.style.left = `${left - parent.left}px`
  card.style.top = `${top - parent.top}px`
}

function leave() {
  clearTimeout(waiting)
  waiting = setTimeout(close, 250)
}

const quietly = (link) => open(link).catch(() => { /* the link itself still leads there */ })

all("main .fig[href]").forEach((link) => {
  link.addEventListener("pointerenter", (event) => {
    if (event.pointerType === "touch") return
    clearTimeout(waiting)
    waiting = setTimeout(() => quietly(link), 150)
  })
  link.addEventListener("pointerleave", leave)
  link.addEventListener("focus", () => {
    if (link.matches(":focus-visible")) quietly(link)
  })
  link.addEventListener("blur", close)
})
// The pointer or the keyboard may have come to a number before this script did.
const there = document.querySelector("main .fig[href]:is(:hover, :focus-visible)")
if (there) quietly(there)
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") close()
})
