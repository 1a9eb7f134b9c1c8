// Write the meaning of a slider's position beside it.

import { all } from "./dom.js"

all("[data-slider]").forEach((slider) => {
  const input = slider.querySelector("input")
  const output = slider.querySelector("output")
  const steps = all("li", slider)
  const say = () => { output.textContent = steps[Number(input.value)].textContent }
  input.addEventListener("input", say)
  say()
})
