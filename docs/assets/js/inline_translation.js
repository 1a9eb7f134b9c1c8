// Show a block's translation below it, taken from the bilingual page.

import { enhancedSheet, pageAt } from "./dom.js"

await enhancedSheet() // so that the buttons do not move the text

const main = document.querySelector("[data-peek]")
const { peek: both, peekLabel, peekSign, peekLang } = main.dataset
const PREFIX = peekLang === "en" ? "" : "zh-" // of ids on the bilingual page
const CONTAINERS = ["ARTICLE", "SECTION"]

// Interactive tools have no translation to show.
const TOOLS = "[data-scripted], noscript"

function* blocks(inside) {
  for (const child of [...inside.children]) {
    if (CONTAINERS.includes(child.tagName)) yield* blocks(child)
    else if (child.id && !child.matches(TOOLS)) yield child
  }
}

// Copy the translation of a block, with absolute links and without ids.
async function pairOf(id) {
  const address = new URL(both, location.href)
  const page = await pageAt(address.href)
  const found = page.getElementById(PREFIX + id)
  if (!found) return null
  const copy = document.importNode(found, true)
  for (const node of [copy, ...copy.querySelectorAll("*")]) {
    for (const name of ["id", "aria-labelledby", "aria-describedby", "tabindex", "role"]) {
      node.removeAttribute(name)
    }
    if (node.hasAttribute("href")) node.setAttribute("href", new URL(node.getAttribute("href"), address).href)
  }
  return copy
}

function close(button) {
  button.setAttribute("aria-expanded", "false")
  document.getElementById(button.getAttribute("aria-controls"))?.remove()
}

async function open(button, id) {
  button.setAttribute("aria-expanded", "true")
  const shown = document.createElement("div")
  shown.className = "peeked"
  shown.id = button.getAttribute("aria-controls")
  shown.lang = peekLang
  button.parentElement.after(shown)
  try {
    const pair = await pairOf(id)
    if (pair) shown.append(pair)
    else throw new Error("no pair")
  } catch {
    const link = document.createElement("a")
    link.href = `${both}#${id}`
    link.textContent = peekLabel
    shown.append(link)
  }
}

for (const block of blocks(main)) {
  const row = document.createElement("div")
  row.className = "peek-row"
  const button = document.createElement("button")
  button.type = "button"
  button.className = "peek"
  button.dataset.sign = peekSign
  button.title = peekLabel
  button.setAttribute("aria-label", peekLabel)
  button.setAttribute("aria-expanded", "false")
  button.setAttribute("aria-controls", `peek-${block.id}`)
  button.addEventListener("click", () => {
    if (button.getAttribute("aria-expanded") === "true") close(button)
    else open(button, block.id)
  })
  row.append(button)
  block.after(row)
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return
  const opened = [...document.querySelectorAll(".peek[aria-expanded=true]")]
  const here = opened.find((button) => {
    const shown = document.getElementById(button.getAttribute("aria-controls"))
    return button === document.activeElement || shown?.contains(document.activeElement)
  })
  const last = here || opened.at(-1)
  if (!last) return
  close(last)
  last.focus()
})
