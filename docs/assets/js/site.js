// Everything here only helps: without it the pages read, link and switch language all the same.
(function () {
  "use strict"
  var root = document.documentElement

  // The language switch keeps the anchor and the query.
  document.querySelectorAll("a[data-switch]").forEach(function (link) {
    link.addEventListener("click", function () {
      link.search = location.search
      link.hash = location.hash
    })
  })

  // Colours: as the system, light, dark.
  var button = document.querySelector("button[data-colours]")
  var order = ["auto", "light", "dark"]
  function show() {
    var word = button.dataset[root.dataset.colours || "auto"]
    button.textContent = "◐ " + word
    button.setAttribute("aria-label", button.dataset.label + ": " + word)
  }
  if (button) {
    show()
    button.hidden = false
    button.addEventListener("click", function () {
      var next = order[(order.indexOf(root.dataset.colours || "auto") + 1) % order.length]
      if (next === "auto") delete root.dataset.colours
      else root.dataset.colours = next
      try {
        if (next === "auto") localStorage.removeItem("colours")
        else localStorage.setItem("colours", next)
      } catch (error) { /* the choice lasts for this page */ }
      show()
    })
  }

  // Copy a permanent address: the canonical one, with the anchor that the link names.
  var toast = document.querySelector("[data-toast]")
  var canonical = document.querySelector("link[rel=canonical]")
  function copied() {
    toast.textContent = toast.dataset.toast
    toast.classList.add("toast--shown")
    setTimeout(function () {
      toast.classList.remove("toast--shown")
      toast.textContent = ""
    }, 2000)
  }
  document.querySelectorAll("a[data-copy]").forEach(function (link) {
    link.addEventListener("click", function (event) {
      if (!navigator.clipboard) return
      event.preventDefault()
      var address = new URL(link.dataset.copy, canonical ? canonical.href : location.href)
      navigator.clipboard.writeText(address.href).then(copied, function () {
        location.href = link.href
      })
    })
  })
})()
