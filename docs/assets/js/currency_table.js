// The table of amounts in several currencies: choose one currency and the period of the rates.

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
  currency.addEventListener("change", choose)
  // In the chart, marks of converted amounts move, and the text beside them gives the new amount.
  const chart = document.getElementById("chart-strip")
  const marks = all("[data-money]", chart).map((mark) => {
    return { mark, place: parseFloat(mark.getAttribute("width")) }
  })
  function redraw() {
    const { factors } = period.selectedOptions[0].dataset
    const factor = Object.fromEntries(factors.trim().split(" ").map((one) => one.split(":")))
    for (const { mark, place } of marks) {
      mark.setAttribute("width", `${place * factor[mark.dataset.money]}%`)
    }
    const rows = all("tbody tr", side)
    const cell = `[data-currency="${side.dataset.side}"] [data-period="${period.value}"]`
    all(".strip__rows > li", chart).forEach((row, at) => {
      const converted = row.querySelector("[data-converted]")
      const amount = rows[at]?.querySelector(cell)
      if (converted && amount) {
        converted.textContent = converted.dataset.converted.replace("{amount}", amount.textContent)
      }
    })
    const rates = side.querySelector(`.side__rate[data-period="${period.value}"]`)
    chart.querySelector("[data-rates]").replaceChildren(...rates.cloneNode(true).childNodes)
  }
  period.addEventListener("change", () => { choose(); redraw() })
  choose() // browsers restore earlier choices
  if (!period.selectedOptions[0].defaultSelected) redraw()
})
