// Amounts side by side: one currency, and the rates of one period, in the table and in the chart.

import { all } from "./dom.js"

all("[data-side]").forEach((side) => {
  const currency = side.querySelector("[data-side-currency]")
  const period = side.querySelector("[data-side-period]")
  function choose() {
    all("[data-currency]", side).forEach((cell) => {
      cell.hidden = currency.value !== "" && cell.dataset.currency !== currency.value
    })
    all("[data-period]", side).forEach((part) => {
      part.hidden = part.dataset.period !== period.value
    })
  }
  // In the chart, marks of converted amounts move, and the text beside them says the new amount.
  const strip = document.getElementById("chart-strip")
  const marks = all("[data-money]", strip).map((mark) => {
    const name = mark.localName === "rect" ? "width" : "x"
    return { mark, name, place: parseFloat(mark.getAttribute(name)) }
  })
  function redraw() {
    const { factors } = period.selectedOptions[0].dataset
    const factor = Object.fromEntries(factors.trim().split(" ").map((one) => one.split(":")))
    for (const { mark, name, place } of marks) {
      mark.setAttribute(name, `${place * factor[mark.dataset.money]}%`)
    }
    const rows = all("tbody tr", side)
    all(".strip__rows > li", strip).forEach((row, at) => {
      const said = row.querySelector("[data-said]")
      const amount = rows[at]?.querySelector(`[data-currency="${side.dataset.side}"] [data-period="${period.value}"]`)
      if (said && amount) said.textContent = said.dataset.said.replace("{amount}", amount.textContent)
    })
    const rates = side.querySelector(`.side__rate[data-period="${period.value}"]`)
    strip.querySelector("[data-rates]").replaceChildren(...rates.cloneNode(true).childNodes)
  }
  currency.addEventListener("change", choose)
  period.addEventListener("change", () => { choose(); redraw() })
  choose() // a browser may bring back an earlier choice
  if (!period.selectedOptions[0].defaultSelected) redraw()
})
