// The number lens: every number of a pasted text, read, rewritten, and held against the known ones.

import { jsonAt, remember, remembered, root } from "./dom.js"

const form = document.querySelector("[data-lens]")
const text = form.querySelector("textarea")
const results = document.getElementById("results")
const said = document.getElementById("said")
const own = root.lang.slice(0, 2)
const other = own === "en" ? "zh" : "en"
const base = new URL(form.dataset.root, location.href)
const HAN = /\p{Script=Han}/u

const KEPT = "passage" // in this tab's storage, for the page in the other language

// What reads numbers is fetched for the first text.
let grammars = null
async function reading() {
  grammars ??= Promise.all([import("./numbers/index.js"), import("./numbers/match.js")])
    .then(([{ find, write }, { verdict }]) => ({ find, write, verdict }))
  return grammars
}

// The readings of a text, line by line, each line in its own language.
function readings(whole, find) {
  return whole.split("\n").flatMap((line) => find(line, HAN.test(line) ? "zh" : "en"))
}

function cell(...content) {
  const made = document.createElement("td")
  made.append(...content)
  return made
}

function verdictCell(reading, numbers, verdict) {
  if (!reading.quantity) {
    const reason = form.getAttribute(`data-refusal-${reading.reason}`) ?? reading.reason
    return cell(form.dataset.unread.replace("{reason}", reason))
  }
  const match = verdict(reading.quantity, numbers)
  if (!match) return cell(form.dataset.unmatched)
  const link = document.createElement("a")
  link.href = new URL(match.known.address, base).href
  link.textContent = match.known.said
  const about = document.createElement("span")
  about.className = "results__more"
  about.textContent = `${match.known.about} · ${match.known.who}`
  const { same, hedge, differs, below } = form.dataset
  const lead = match.same
    ? match.hedge ? same : hedge
    : (match.below ? below : differs).replace("{ratio}", String(match.scale.significant(3)))
  const made = cell(`${lead} `, link, " ", about)
  made.dataset.verdict = match.same ? (match.hedge ? "same" : "hedge") : "differs"
  return made
}

function row(reading, numbers, { write, verdict }) {
  const line = document.createElement("tr")
  const head = document.createElement("th")
  head.scope = "row"
  const printed = document.createElement("q")
  printed.textContent = reading.exact
  if (HAN.test(reading.exact) !== (own === "zh")) printed.lang = HAN.test(reading.exact) ? "zh-Hans" : "en"
  head.append(printed)
  const elsewhere = cell(reading.quantity ? write(reading.quantity, other) : "")
  elsewhere.lang = form.dataset.other
  line.append(
    head,
    cell(reading.quantity ? write(reading.quantity, own) : ""),
    elsewhere,
    verdictCell(reading, numbers, verdict),
  )
  const heads = form.dataset.heads.split("|")
  ;[...line.cells].forEach((one, at) => { one.dataset.label = heads[at] })
  return line
}

async function check() {
  keep()
  const [{ numbers }, read] = await Promise.all([
    jsonAt(new URL(form.dataset.lens, location.href).href), reading(),
  ])
  const found = readings(text.value, read.find)
  if (!found.length) {
    results.replaceChildren()
    said.textContent = text.value.trim() ? form.dataset.nothing : ""
    return
  }
  const table = document.createElement("table")
  table.className = "matrix lens-table"
  const heads = document.createElement("tr")
  for (const name of form.dataset.heads.split("|")) {
    const head = document.createElement("th")
    head.scope = "col"
    head.textContent = name
    heads.append(head)
  }
  const [top, body] = [document.createElement("thead"), document.createElement("tbody")]
  top.append(heads)
  body.append(...found.map((reading) => row(reading, numbers, read)))
  table.append(top, body)
  const scroll = document.createElement("div")
  scroll.className = "scroll"
  scroll.tabIndex = 0
  scroll.setAttribute("role", "region")
  scroll.setAttribute("aria-labelledby", "said")
  scroll.append(table)
  results.replaceChildren(scroll)
  said.textContent = form.dataset.found.replace("{n}", found.filter((one) => one.quantity).length)
}

const keep = () => remember("sessionStorage", KEPT, text.value || null)

text.addEventListener("input", keep)
text.value ||= remembered("sessionStorage", KEPT) || ""
if (text.value) check()
for (const button of form.querySelectorAll("button")) button.disabled = false
form.addEventListener("submit", (event) => {
  event.preventDefault()
  check()
})
form.querySelector("[data-use-example]").addEventListener("click", () => {
  text.value = form.dataset.example
  check()
})
