// The table behind a chart, opened below the chart itself: taken from the chart's own page.

import { all, pageAt } from "./dom.js"

async function open(link) {
  const page = await pageAt(link.href.split("#")[0])
  const table = document.importNode(page.querySelector("#table"), true)
  for (const node of [table, ...all("[id]", table)]) node.removeAttribute("id")
  for (const inner of all("[href]", table)) {
    inner.setAttribute("href", new URL(inner.getAttribute("href"), link.href).href)
  }
  table.setAttribute("aria-label", link.textContent)
  table.removeAttribute("aria-labelledby")
  link.parentElement.after(table)
}

all("a[data-table]").forEach((link) => {
  link.setAttribute("aria-expanded", "false")
  link.setAttribute("role", "button")
  link.addEventListener("click", (event) => {
    event.preventDefault()
    if (link.getAttribute("aria-expanded") === "true") {
      link.setAttribute("aria-expanded", "false")
      link.parentElement.nextElementSibling.remove()
      return
    }
    link.setAttribute("aria-expanded", "true")
    open(link).catch(() => { location.href = link.href })
  })
})
