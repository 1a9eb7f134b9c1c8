// The only script of a first view, run before the first paint: applies the chosen colour scheme and
// shows the controls that need scripts. enhance.js loads on the first interaction; earlier clicks,
// keys and inputs are queued and replayed once it has loaded. If it cannot be loaded, links work.
(function () {
  const root = document.documentElement
  const stored = (kind, key) => {
    // Storage may be switched off.
    try { return window[kind].getItem(key) } catch {}
  }

  const colours = stored("localStorage", "colours")
  if (colours) root.dataset.colours = colours
  root.dataset.scripts = navigator.clipboard ? "copy" : ""

  // Delay the first paint until the footer has been parsed, so that text still arriving moves nothing.
  const footer = { rel: "expect", href: "#end", blocking: "render" }
  document.head.append(Object.assign(document.createElement("link"), footer))

  let queued = []
  let loading
  function wake() {
    // Without it the page works too.
    loading ??= import("./enhance.js").catch(() => {}).then(() => {
      const actions = queued
      queued = null
      actions.forEach((action) => action())
      root.dataset.awake = ""
    })
  }

  const on = (types, handle) => types.split(" ").forEach((type) =>
    addEventListener(type, handle, { capture: true, passive: type !== "click" }))
  on("pointermove pointerdown touchstart wheel", wake)
  // The search focuses its own field.
  on("focusin", ({ target }) => target.localName === "input" || wake())
  on("click", (event) => {
    const control = event.target.closest("button, a:is([data-copy], [data-switch], [data-query], [data-table])")
    const modified = event.button || event.ctrlKey || event.metaKey || event.shiftKey
    if (!queued || !control || modified) return
    event.preventDefault()
    event.stopImmediatePropagation()
    queued.push(() => control.click())
    wake()
  })
  on("keydown input change", (event) => {
    if (!queued) return
    const { target, type } = event
    queued.push(() => target.dispatchEvent(new event.constructor(type, event)))
    wake()
  })

  // A link into a folded part opens it, in browsers that do not do so by themselves.
  const unfold = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)))
    let fold = (target?.querySelector(":scope > details:only-child") ?? target)?.closest("details")
    if (!fold) return
    for (; fold; fold = fold.parentElement.closest("details")) fold.open = true
    target.scrollIntoView()
  }
  on("hashchange", unfold)
  addEventListener("DOMContentLoaded", unfold)

  // Load at once to restore the reading position after a language switch, to label a chosen colour
  // scheme, to apply filters from the address, or to leave a page that has moved.
  const own = document.currentScript.dataset
  const asked = "moved" in own || ("asked" in own && location.search)
  if (stored("sessionStorage", "place") || colours || asked) wake()
})()
