// The index of figures: filters and order, kept in the address.

import { all, jsonAt, root } from "./dom.js"

const index = document.querySelector("[data-index]")
const form = index.querySelector("form")
const list = index.querySelector(".figure-list")
const items = [...list.children]
const rows = all("#matrix tbody tr") // in the order of the items, as the page has them
const count = form.querySelector("[data-count]")
const number = form.elements.number
let matching = null // ids of the figures with the number typed; null for all
const fields = all("select", form)
const keys = {
  name: (item) => item.dataset.name,
  status: (item) => item.dataset.status,
  voices: (item) => String(9 - item.dataset.voice.split(" ").length),
  year: (item) => item.dataset.year.split(" ")[0] || "9999",
}

function arrange(keep) {
  let shown = 0
  items.forEach((item) => {
    item.hidden = (matching && !matching.has(item.id)) || !fields.every((field) => {
      if (field.name === "sort" || !field.value) return true
      return item.dataset[field.name].split(" ").includes(field.value)
    })
    if (!item.hidden) shown += 1
    rows[items.indexOf(item)].hidden = item.hidden
  })
  const key = keys[form.elements.sort.value]
  const order = [...items]
  if (key) {
    order.sort((one, other) =>
      key(one).localeCompare(key(other), root.lang) || items.indexOf(one) - items.indexOf(other))
  }
  order.forEach((item) => list.appendChild(item))
  count.textContent = count.dataset.count.replace("{n}", shown).replace("{all}", items.length)
  if (!keep) return
  const query = new URLSearchParams(location.search)
  fields.forEach((field) => {
    if (field.value) query.set(field.name, field.value)
    else query.delete(field.name)
  })
  if (number.value.trim()) query.set("number", number.value.trim())
  else query.delete("number")
  const search = query.toString()
  history.replaceState(null, "", location.pathname + (search ? `?${search}` : "") + location.hash)
}

// Keep the figures for which a claim, report or derivation gives the number typed.
async function match(keep) {
  const text = number.value
  if (!text.trim()) matching = null
  else {
    const [{ found, typed }, { numbers }] = await Promise.all([
      import("./numbers/match.js"),
      jsonAt(new URL(number.dataset.number, location.href).href),
    ])
    if (text !== number.value) return
    const quantity = typed(text, root.lang.slice(0, 2))
    const hits = quantity ? found(quantity, numbers) : { same: [], near: [] }
    const chosen = hits.same.length ? hits.same : hits.near
    matching = new Set(chosen.map(({ known }) => known.figure))
  }
  arrange(keep)
}

const asked = new URLSearchParams(location.search)
// Choices made before this script loaded stay.
fields.forEach((field) => {
  field.value ||= asked.get(field.name) || ""
  if (field.selectedIndex < 0) field.value = ""
})
number.value ||= asked.get("number") || ""
let waiting = 0
number.addEventListener("input", () => {
  clearTimeout(waiting)
  waiting = setTimeout(() => match(true), 150)
})
form.addEventListener("change", () => arrange(true))
form.addEventListener("submit", (event) => event.preventDefault())
form.addEventListener("reset", () => setTimeout(() => match(true)))
arrange(false)
if (number.value) match(true)
