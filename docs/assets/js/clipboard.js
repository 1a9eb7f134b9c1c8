// Copy buttons: permanent addresses and the texts of the boxes.

import { all } from "./dom.js"

const toast = document.querySelector("[data-toast]")
const canonical = document.querySelector("link[rel=canonical]")
let hiding

function showToast() {
  clearTimeout(hiding)
  toast.textContent = toast.dataset.toast
  toast.classList.add("toast--shown")
  hiding = setTimeout(() => {
    toast.classList.remove("toast--shown")
    toast.textContent = ""
  }, 2000)
}

// Without a clipboard the links navigate and the buttons are hidden.
if (navigator.clipboard) {
  all("a[data-copy]").forEach((link) => {
    link.addEventListener("click", (event) => {
      event.preventDefault()
      const address = new URL(link.dataset.copy, canonical ? canonical.href : location.href)
      navigator.clipboard.writeText(address.href).then(showToast, () => {
        location.href = link.href
      })
    })
  })
  all("button[data-copies]").forEach((copy) => {
    copy.addEventListener("click", () => {
      const box = document.getElementById(copy.dataset.copies)
      const text = box.tagName === "PRE" ? box.textContent : box.textContent.trim()
      navigator.clipboard.writeText(text).then(showToast)
    })
  })
}
