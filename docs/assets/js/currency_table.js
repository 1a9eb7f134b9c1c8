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
  period.addEventListener("change", choose)
  choose() // browsers restore earlier choices
})
