// The one script of a first view, run before the first paint. It shows what needs scripts, in the
// colours that the reader chose; all else is in helps.js and comes with the reader's first act.
// An act that comes before the helps is held and done once they are there. Where they cannot be
// had, links lead where they lead.
(function () {
  const root = document.documentElement
  const stored = (kind, key) => {
    try {
      return window[kind].getItem(key)
    } catch { /* storage is switched off */ }
  }

  const colours = stored("localStorage", "colours")
  if (colours === "light" || colours === "dark") root.dataset.colours = colours
  root.dataset.scripts = navigator.clipboard ? "copy" : ""

  // The first paint waits for the text's end, so that a line still on its way moves nothing. It
  // waits for the style sheet anyway, which is asked for when the text is half here.
  const whole = { rel: "expect", href: "#end", blocking: "render" }
  document.head.append(Object.assign(document.createElement("link"), whole))

  let held = []
  let coming
  function wake() {
    const without = () => { /* the page stays as it reads without them */ }
    coming ??= import("./helps.js").catch(without).then(() => {
      const acts = held
      held = null
      acts.forEach((act) => act())
      root.dataset.awake = ""
    })
  }

  const on = (types, act) => types.split(" ").forEach((type) =>
    addEventListener(type, act, { capture: true, passive: type !== "click" }))
  on("pointermove pointerdown touchstart wheel", wake)
  on("focusin", ({ target }) => target.localName === "input" || wake()) // the search focuses its own
  on("click", (event) => {
    const control = event.target.closest("button, a:is([data-copy], [data-switch], [data-query], [data-table])")
    const apart = event.button || event.ctrlKey || event.metaKey || event.shiftKey
    if (!held || !control || apart) return
    event.preventDefault()
    event.stopImmediatePropagation()
    held.push(() => control.click())
    wake()
  })
  on("keydown input change", (event) => {
    if (!held) return
    const { target, type } = event
    held.push(() => target.dispatchEvent(new event.constructor(type, event)))
    wake()
  })

  // A link into a folded part of the page opens it, in browsers that do not do so by themselves.
  const unfold = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)))
    const own = target?.matches("details") ? target : target?.querySelector(":scope > details:only-child")
    if (own) own.open = true
    for (let at = target; at; at = at.parentElement) if (at.localName === "details") at.open = true
    if (own || target?.closest("details")) target.scrollIntoView()
  }
  on("hashchange", unfold)
  addEventListener("DOMContentLoaded", unfold)

  // What does not wait for an act: the place in the text after a switch of language, a choice that
  // shows, filters in the address, and a page that has moved.
  const own = document.currentScript.dataset
  const asked = "moved" in own || ("asked" in own && location.search)
  if (stored("sessionStorage", "place") || colours || asked) wake()
})()
