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

// Load what reads numbers and compares words with the first query.
let compare = null
let numbers = null
async function reading() {
  numbers ??= Promise.all([
    import("./numbers/match.js"), import("./numbers/index.js"), import("./query.js"),
  ]).then(([{ found, typed }, { write }, query]) => {
    compare = query
    return { found, typed, write }
  })
  return numbers
}

// Read a number from the query ("700 million dollars?") and find it among the known ones.
function numbersFor(query, known, { found, typed }) {
  const quantity = typed(query, language)
  return { quantity, ...(quantity ? found(quantity, known) : { same: [], near: [] }) }
}

// A bare number may be the beginning of a larger one ("700" of "$700 million").
function beginningWith(query, known) {
  if (!/^[1-9][\d.,]*$/.test(query)) return []
  const digits = query.replace(/[.,]/g, "").replace(/^0+/, "")
  return known
    .filter(({ value, said }) => value.replace(".", "").startsWith(digits) && /\d/.test(said))
    .map((one) => ({ known: one }))
}

function namesFor(query, index, folded) {
  const hits = []
  for (const name of index.names) {
    const best = Math.max(...name.names.map((one) => compare.rank(folded(one), query)), compare.rank(folded(name.title), query))
    if (best) hits.push({ score: 20 + best * 10, address: name.address, title: name.title })
  }
  // A work's own page comes before its entry among the names.
  const works = index.names.filter((name) => name.kind === "work" && name.names.some((one) => folded(one) === query))
  const titles = works.flatMap((work) => work.names.map(folded))
  for (const page of index.pages) {
    if (page.label && titles.some((title) => folded(page.title).includes(title))) {
      hits.push({ score: 65, address: page.address, title: page.title })
      continue
    }
    const best = Math.max(compare.rank(folded(page.title), query), page.label ? compare.rank(folded(page.label), query) : 0)
    if (best) hits.push({ score: 5 + best * 10, address: page.address, title: page.title })
  }
  for (const figure of index.figures) {
    const word = figure.words.some((one) => folded(one) === query)
    const title = Math.max(compare.rank(folded(figure.title), query), compare.rank(folded(figure.other), query))
    const score = word ? 62 : title ? 18 + title * 10 : 0
    if (score) hits.push({ score, address: figure.address, title: figure.title, more: figure.headline })
  }
  hits.sort((one, other) => other.score - one.score)
  const best = new Map() // a figure is a page too: each address once
  for (const hit of hits) if (!best.has(hit.address)) best.set(hit.address, hit)
  return [...best.values()]
}

// The words of all names and titles, for queries with a slip of spelling.
let vocabulary = null
function knownWords(index, folded) {
  vocabulary ??= new Set([
    ...index.names.flatMap(({ names }) => names),
    ...[...index.pages, ...index.figures].map(({ title }) => title),
  ].flatMap((text) => folded(text).match(/\p{Letter}+/gu) ?? []))
  return vocabulary
}

let pagefind = null
async function textFor(query, folded, isNumber) {
  pagefind ??= import(new URL(form.dataset.engine, location.href).href)
  const engine = await pagefind
  const answers = await Promise.all(compare.queriesFor(query).map((one) => engine.search(one)))
  const byId = new Map(answers.flatMap(({ results: hits }) => hits.map((hit) => [hit.id, hit])))
  const texts = await Promise.all([...byId.values()].map((hit) => hit.data()))
  const hits = []
  for (const { url, meta, raw_content: content } of texts) {
    const text = content.replaceAll("\u200b", "")
    const comparable = folded(text)
    const place = compare.wordsIn(comparable, folded(query), isNumber)
    // Folding may shorten a text: the excerpt is cut where the words stand in the original.
    if (place) hits.push({ address: url, title: meta.title, excerpt: cut(text, comparable, place) })
  }
  return hits.slice(0, SHOWN)
}

function cut(text, comparable, place) {
  const words = comparable.slice(place.at, place.at + place.length)
  const spaced = text.replace(/\s+/g, " ")
  const plain = language === "zh" ? compare.chineseStops(spaced) : spaced
  const at = plain.toLowerCase().indexOf(words)
  return compare.excerptAround(at < 0 ? comparable : plain, at < 0 ? place : { at, length: place.length })
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
    const part = document.createElement("span")
    part.className = "results__excerpt"
    const mark = document.createElement("mark")
    mark.textContent = excerpt[1]
    part.append(excerpt[0], mark, excerpt[2])
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
  const [index, read, simplified] = await Promise.all([
    jsonAt(new URL(form.dataset.search, location.href).href),
    reading(),
    jsonAt(new URL(form.dataset.simplified, location.href).href).catch(() => ({})),
  ])
  const folded = compare.foldedBy(simplified)
  const { quantity, same, near } = numbersFor(query, index.numbers, read)
  const begun = same.length ? [] : beginningWith(query.trim(), index.numbers)
  let meant = folded(query)
  let direct = namesFor(meant, index, folded)
  if (!quantity && !direct.length) {
    meant = compare.corrected(meant, knownWords(index, folded))
    direct = namesFor(meant, index, folded)
  }
  const first = [
    ...section(form.dataset.numbers, same.slice(0, SHOWN).map(numberHit)),
    ...section(form.dataset.begins, begun.slice(0, SHOWN).map(numberHit)),
    ...section(form.dataset.direct, direct.slice(0, SHOWN)),
    ...section(form.dataset.near, near.slice(0, SHOWN).map(numberHit)),
  ]
  if (turn !== own) return
  results.replaceChildren(...first)
  let texts = []
  try {
    texts = await textFor(meant, folded, Boolean(quantity))
  } catch { /* no full-text index: the direct hits remain */ }
  if (turn !== own) return
  const shown = new Set([...same, ...near].map(({ known }) => known.address).concat(direct.map((hit) => hit.address)))
  const below = texts.filter((hit) => !shown.has(hit.address))
  results.replaceChildren(...first, ...section(form.dataset.text, below))
  const count = results.querySelectorAll("li").length
  const as = quantity ? `${form.dataset.read.replace("{number}", read.write(quantity, language))} · `
    : meant === folded(query) ? "" : `${form.dataset.meant.replace("{query}", meant)} · `
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
