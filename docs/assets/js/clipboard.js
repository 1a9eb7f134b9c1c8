// Copy buttons: permanent addresses and the texts of the boxes.

import { all } from "./dom.js"

const toast = document.querySelector("[data-toast]")
let hiding

function showToast(copied) {
  clearTimeout(hiding)
  toast.textContent = `${toast.dataset.toast}: ${copied}`
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
      // The address that the reader is at works wherever the site is served.
      const address = new URL(location.pathname + link.dataset.copy, location.href).href
      navigator.clipboard.writeText(address).then(() => {
        if (link.hash) history.replaceState(null, "", link.hash)
        showToast(address)
      }, () => { location.href = link.href })
    })
  })
  all("button[data-copies]").forEach((copy) => {
    copy.addEventListener("click", () => {
      const box = document.getElementById(copy.dataset.copies)
      const text = box.tagName === "PRE" ? box.textContent : box.textContent.trim()
      navigator.clipboard.writeText(text).then(() => showToast(text))
    })
  })
}
