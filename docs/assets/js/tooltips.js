// Tooltips: the source of a number in prose, on hover or focus, fetched from the figure's page.

import { all, enhancedSheet, pageAt } from "./dom.js"

let card = null
let owner = null
let waiting = 0
let turn = 0 // only the latest call of open() may show a card

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

// Copy a part of a page for a card: without ids, links and list items.
function copyPart(part) {
  let copy = document.importNode(part, true)
  if (["LI", "SUMMARY"].includes(copy.tagName)) {
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
  link.removeAttribute("title") // the card replaces it
  const url = new URL(link.href)
  const own = turn
  const [page] = await Promise.all([pageOf(url), enhancedSheet()])
  const target = page.getElementById(decodeURIComponent(url.hash.slice(1)))
  if (turn !== own || !target) return
  let parts = target.matches("[data-card]") ? [target] : all("[data-card]", target)
  const status = parts.length > 1 && page.getElementById("status")
  if (status) parts = [...parts, status]
  const source = target.closest(".source-entry")?.querySelector("summary") // who reported it
  if (source) parts = [...parts, source]
  if (!parts.length) return
  card = document.createElement("div")
  card.className = "card"
  card.id = "card"
  card.setAttribute("role", "tooltip")
  if (page.documentElement.lang !== document.documentElement.lang) card.lang = page.documentElement.lang
  card.append(...parts.map(copyPart))
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

const openQuietly = (link) => open(link).catch(() => { /* the link itself still leads there */ })

all("main .fig[href]").forEach((link) => {
  link.addEventListener("pointerenter", (event) => {
    if (event.pointerType === "touch") return
    clearTimeout(waiting)
    waiting = setTimeout(() => openQuietly(link), 150)
  })
  link.addEventListener("pointerleave", leave)
  link.addEventListener("focus", () => {
    if (link.matches(":focus-visible")) openQuietly(link)
  })
  link.addEventListener("blur", close)
})
// The pointer or the focus may be on a number already.
const current = document.querySelector("main .fig[href]:is(:hover, :focus-visible)")
if (current) openQuietly(current)
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") close()
})
