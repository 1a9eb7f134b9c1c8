// Search by word and by value: matches among numbers, names and figures first, then full text.

import { jsonAt, root } from "./dom.js"

const form = document.querySelector("[data-search]")
const input = form.querySelector("input")
const results = document.getElementById("results")
const said = document.getElementById("said")
const language = root.lang.slice(0, 2)
const base = new URL(form.dataset.root, location.href)
const SHOWN = 8
let turn = 0 // only the latest query shows its results

// Load the number grammar with the first query.
let numbers = null
async function reading() {
  numbers ??= Promise.all([
    import("./numbers/match.js"), import("./numbers/simple.js"), import("./numbers/index.js"),
  ]).then(([{ found, typed }, { simple }, { write }]) => ({ found, typed, simple, write }))
  return numbers
}

const foldedBy = (simple) => (text) =>
  simple(text.normalize("NFKC").toLowerCase().replace(/[《》“”"]/g, "").trim().replace(/\s+/g, " "))

// Rank a match: the whole text, its start, inside it, or all words of the query.
function rank(text, query) {
  if (text === query) return 4
  if (text.startsWith(query)) return 3
  if (text.includes(query)) return 2
  return query.split(" ").every((word) => text.includes(word)) ? 1 : 0
}

// Read a number from the query ("700 million dollars?") and find it among the known ones.
function numbersFor(query, known, { found, typed }) {
  const quantity = typed(query, language)
  return { quantity, ...(quantity ? found(quantity, known) : { same: [], near: [] }) }
}

function namesFor(query, index, folded) {
  const hits = []
  for (const name of index.names) {
    const best = Math.max(...name.names.map((one) => rank(folded(one), query)), rank(folded(name.title), query))
    if (best) hits.push({ score: 20 + best * 10, address: name.address, title: name.title })
  }
  for (const page of index.pages) {
    const best = Math.max(rank(folded(page.title), query), page.label ? rank(folded(page.label), query) : 0)
    if (best) hits.push({ score: 5 + best * 10, address: page.address, title: page.title })
  }
  for (const figure of index.figures) {
    const word = figure.words.some((one) => folded(one) === query)
    const title = Math.max(rank(folded(figure.title), query), rank(folded(figure.other), query))
    const score = word ? 62 : title ? 18 + title * 10 : 0
    if (score) hits.push({ score, address: figure.address, title: figure.title, more: figure.headline })
  }
  return hits.sort((one, other) => other.score - one.score)
}

let pagefind = null
async function textFor(query) {
  pagefind ??= import(new URL(form.dataset.engine, location.href).href)
  const engine = await pagefind
  const { results: hits } = await engine.search(query)
  return Promise.all(hits.slice(0, SHOWN).map((hit) => hit.data()))
}

function item({ address, title, about, who, excerpt, more }) {
  const line = document.createElement("li")
  const link = document.createElement("a")
  link.href = new URL(address, base).href
  link.textContent = title
  line.append(link)
  for (const text of [about, who, more].filter(Boolean)) {
    const part = document.createElement("span")
    part.className = "results__more"
    part.textContent = text
    line.append(" ", part)
  }
  if (excerpt) {
    // Only <mark> is markup in Pagefind's excerpts; everything else is text.
    const part = document.createElement("span")
    part.className = "results__excerpt"
    for (const [at, piece] of excerpt.split(/<\/?mark>/).entries()) {
      const decoded = new DOMParser().parseFromString(piece, "text/html").documentElement.textContent
      const node = at % 2 ? document.createElement("mark") : document.createElement("span")
      node.textContent = decoded
      part.append(node)
    }
    line.append(part)
  }
  return line
}

function section(title, hits) {
  if (!hits.length) return []
  const heading = document.createElement("h2")
  heading.textContent = title
  const list = document.createElement("ol")
  list.className = "results__list"
  list.append(...hits.map(item))
  return [heading, list]
}

const numberHit = ({ known }) => ({ address: known.address, title: known.said, about: known.about, who: known.who })

async function ask(query, keep) {
  const own = (turn += 1)
  if (keep) {
    const address = new URL(location.href)
    if (query) address.searchParams.set("q", query)
    else address.searchParams.delete("q")
    history.replaceState(history.state, "", address)
  }
  if (!query.trim()) {
    results.replaceChildren()
    said.textContent = ""
    return
  }
  const [index, read] = await Promise.all([
    jsonAt(new URL(form.dataset.search, location.href).href), reading(),
  ])
  const folded = foldedBy(read.simple)
  const { quantity, same, near } = numbersFor(query, index.numbers, read)
  const direct = namesFor(folded(query), index, folded)
  const first = [
    ...section(form.dataset.numbers, same.slice(0, SHOWN).map(numberHit)),
    ...section(form.dataset.direct, direct.slice(0, SHOWN)),
    ...section(form.dataset.near, near.slice(0, SHOWN).map(numberHit)),
  ]
  if (turn !== own) return
  results.replaceChildren(...first)
  let texts = []
  try {
    texts = await textFor(query)
  } catch { /* no full-text index: the direct hits remain */ }
  if (turn !== own) return
  const shown = new Set([...same, ...near].map(({ known }) => known.address).concat(direct.map((hit) => hit.address)))
  const hits = texts
    .map((text) => ({ address: text.url, title: text.meta.title, excerpt: text.excerpt }))
    .filter((hit) => !shown.has(hit.address))
  results.replaceChildren(...first, ...section(form.dataset.text, hits))
  const count = results.querySelectorAll("li").length
  const as = quantity ? `${form.dataset.read.replace("{number}", read.write(quantity, language))} · ` : ""
  said.textContent = count
    ? as + form.dataset.count.replace("{n}", count)
    : as + form.dataset.none.replace("{query}", query)
  results.dataset.query = query
}

let waiting = 0
input.addEventListener("input", () => {
  clearTimeout(waiting)
  waiting = setTimeout(() => ask(input.value, true), 150)
})
form.addEventListener("submit", (event) => {
  event.preventDefault()
  clearTimeout(waiting)
  ask(input.value, true)
})
document.querySelectorAll("[data-query]").forEach((link) => {
  link.addEventListener("click", (event) => {
    event.preventDefault()
    input.value = link.dataset.query
    ask(input.value, true)
    input.focus()
  })
})
// Text typed before this script loaded stays.
input.value ||= new URLSearchParams(location.search).get("q") || ""
if (input.value) ask(input.value, true)
else input.focus({ preventScroll: true })
