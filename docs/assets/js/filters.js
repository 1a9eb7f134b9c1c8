// The index: filters and order, kept in the address.

import { all, root } from "./dom.js"

const index = document.querySelector("[data-index]")
const form = index.querySelector("form")
const list = index.querySelector(".figure-list")
const items = [...list.children]
const count = form.querySelector("[data-count]")
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
    item.hidden = !fields.every((field) => {
      if (field.name === "sort" || !field.value) return true
      return item.dataset[field.name].split(" ").includes(field.value)
    })
    if (!item.hidden) shown += 1
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
  const search = query.toString()
  history.replaceState(null, "", location.pathname + (search ? `?${search}` : "") + location.hash)
}

const asked = new URLSearchParams(location.search)
fields.forEach((field) => {
  field.value = asked.get(field.name) || ""
  if (field.selectedIndex < 0) field.value = ""
})
form.hidden = false
form.addEventListener("change", () => arrange(true))
form.addEventListener("submit", (event) => event.preventDefault())
form.addEventListener("reset", () => setTimeout(() => arrange(true)))
arrange(false)
