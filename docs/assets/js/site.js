// Everything here only helps: without it the pages read, link and switch language all the same.
(function () {
  "use strict"
  var root = document.documentElement
  var all = function (selector, within) {
    return Array.prototype.slice.call((within || document).querySelectorAll(selector))
  }

  // The language switch keeps the anchor and the query.
  all("a[data-switch]").forEach(function (link) {
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

  // Copying: permanent addresses, and the texts of the boxes.
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
  if (navigator.clipboard) {
    all("a[data-copy]").forEach(function (link) {
      link.addEventListener("click", function (event) {
        event.preventDefault()
        var address = new URL(link.dataset.copy, canonical ? canonical.href : location.href)
        navigator.clipboard.writeText(address.href).then(copied, function () {
          location.href = link.href
        })
      })
    })
    all("button[data-copies]").forEach(function (copy) {
      copy.hidden = false
      copy.addEventListener("click", function () {
        var box = document.getElementById(copy.dataset.copies)
        var text = box.tagName === "PRE" ? box.textContent : box.textContent.trim()
        navigator.clipboard.writeText(text).then(copied)
      })
    })
  }

  // A citation that names the day of reading names the reader's own.
  var now = new Date()
  var today = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map(function (part) {
    return String(part).padStart(2, "0")
  }).join("-")
  all("time[data-accessed]").forEach(function (time) {
    time.textContent = today
    time.dateTime = today
  })

  // Amounts side by side: one currency, and the rates of one period.
  all("[data-side]").forEach(function (side) {
    var currency = side.querySelector("[data-side-currency]")
    var period = side.querySelector("[data-side-period]")
    side.querySelector("[data-tools]").hidden = false
    function choose() {
      all("[data-currency]", side).forEach(function (cell) {
        cell.hidden = currency.value !== "" && cell.dataset.currency !== currency.value
      })
      all("[data-period]", side).forEach(function (part) {
        part.hidden = part.dataset.period !== period.value
      })
    }
    currency.addEventListener("change", choose)
    period.addEventListener("change", choose)
    choose() // a browser may bring back an earlier choice
  })

  // A slider says in words what its stops mean.
  all("[data-slider]").forEach(function (slider) {
    var input = slider.querySelector("input")
    var output = slider.querySelector("output")
    var steps = all("li", slider)
    function say() { output.textContent = steps[Number(input.value)].textContent }
    slider.hidden = false
    input.addEventListener("input", say)
    say()
  })

  // The index: filters and order, kept in the address.
  var index = document.querySelector("[data-index]")
  if (index) {
    var form = index.querySelector("form")
    var list = index.querySelector(".figure-list")
    var items = Array.prototype.slice.call(list.children)
    var count = form.querySelector("[data-count]")
    var fields = all("select", form)
    var keys = {
      name: function (item) { return item.dataset.name },
      status: function (item) { return item.dataset.status },
      voices: function (item) { return String(9 - item.dataset.voice.split(" ").length) },
      year: function (item) { return item.dataset.year.split(" ")[0] || "9999" },
    }
    var arrange = function (keep) {
      var shown = 0
      items.forEach(function (item) {
        item.hidden = !fields.every(function (field) {
          if (field.name === "sort" || !field.value) return true
          return item.dataset[field.name].split(" ").indexOf(field.value) >= 0
        })
        if (!item.hidden) shown += 1
      })
      var key = keys[form.elements.sort.value]
      var order = items.slice()
      if (key) {
        order.sort(function (one, other) {
          return key(one).localeCompare(key(other), root.lang) || items.indexOf(one) - items.indexOf(other)
        })
      }
      order.forEach(function (item) { list.appendChild(item) })
      count.textContent = count.dataset.count.replace("{n}", shown).replace("{all}", items.length)
      if (keep) {
        var query = new URLSearchParams(location.search)
        fields.forEach(function (field) {
          if (field.value) query.set(field.name, field.value)
          else query.delete(field.name)
        })
        var search = query.toString()
        history.replaceState(null, "", location.pathname + (search ? "?" + search : "") + location.hash)
      }
    }
    var asked = new URLSearchParams(location.search)
    fields.forEach(function (field) {
      field.value = asked.get(field.name) || ""
      if (field.selectedIndex < 0) field.value = ""
    })
    form.hidden = false
    form.addEventListener("change", function () { arrange(true) })
    form.addEventListener("submit", function (event) { event.preventDefault() })
    form.addEventListener("reset", function () { setTimeout(function () { arrange(true) }) })
    arrange(false)
  }

  // Cards: what stands behind a number in prose, on hover or focus, fetched from its own page.
  var card = null
  var owner = null
  var waiting = 0
  var turn = 0 // only the latest opening may put up its card
  var pages = {}
  function pageOf(url) {
    var address = url.origin + url.pathname
    if (address === location.origin + location.pathname) return Promise.resolve(document)
    if (!pages[address]) {
      pages[address] = fetch(address).then(function (answer) {
        if (!answer.ok) throw new Error(answer.status)
        return answer.text()
      }).then(function (text) {
        return new DOMParser().parseFromString(text, "text/html")
      })
    }
    return pages[address]
  }
  function close() {
    clearTimeout(waiting)
    turn += 1
    if (card) card.remove()
    if (owner) {
      owner.removeAttribute("aria-describedby")
      if (owner.dataset.said) owner.title = owner.dataset.said
    }
    card = owner = null
  }
  function open(link) {
    if (owner === link) return
    close()
    owner = link
    link.dataset.said = link.title || link.dataset.said || ""
    link.removeAttribute("title") // the card says it better
    var url = new URL(link.href)
    var own = turn
    pageOf(url).then(function (page) {
      var target = page.getElementById(decodeURIComponent(url.hash.slice(1)))
      if (turn !== own || !target) return
      var parts = target.matches("[data-card]") ? [target] : all("[data-card]", target)
      var status = parts.length > 1 && page.getElementById("status")
      if (status) parts = parts.concat(status)
      if (!parts.length) return
      card = document.createElement("div")
      card.className = "card"
      card.id = "card"
      card.setAttribute("role", "tooltip")
      parts.forEach(function (part) {
        var copy = document.importNode(part, true)
        if (copy.tagName === "LI") {
          var plain = document.createElement("div")
          while (copy.firstChild) plain.appendChild(copy.firstChild)
          copy = plain
        }
        all("[id]", copy).concat(copy).forEach(function (node) { node.removeAttribute("id") })
        all("a", copy).forEach(function (inner) {
          var text = document.createElement("span")
          text.className = inner.className
          while (inner.firstChild) text.appendChild(inner.firstChild)
          inner.replaceWith(text)
        })
        card.appendChild(copy)
      })
      document.querySelector("main").appendChild(card)
      place(link)
      link.setAttribute("aria-describedby", "card")
      card.addEventListener("pointerleave", leave)
      card.addEventListener("pointerenter", function () { clearTimeout(waiting) })
    }).catch(function () { /* the link itself still leads there */ })
  }
  function place(link) {
    var at = link.getClientRects()[0]
    var size = card.getBoundingClientRect()
    var parent = card.offsetParent ? card.offsetParent.getBoundingClientRect() : { left: 0, top: 0 }
    var wide = document.documentElement.clientWidth
    var left = Math.max(8, Math.min(at.left, wide - size.width - 8))
    var below = at.bottom + size.height + 12 < window.innerHeight
    var top = below || at.top < size.height + 12 ? at.bottom + 6 : at.top - size.height - 6
    card.style.left = left - parent.left + "px"
    card.style.top = top - parent.top + "px"
  }
  function leave() {
    clearTimeout(waiting)
    waiting = setTimeout(close, 250)
  }
  all("main .fig[href]").forEach(function (link) {
    link.addEventListener("pointerenter", function (event) {
      if (event.pointerType === "touch") return
      clearTimeout(waiting)
      waiting = setTimeout(function () { open(link) }, 150)
    })
    link.addEventListener("pointerleave", leave)
    link.addEventListener("focus", function () {
      if (link.matches(":focus-visible")) open(link)
    })
    link.addEventListener("blur", close)
  })
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape") close()
  })
})()
