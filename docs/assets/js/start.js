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
    const control = event.target.closest("button, a[data-copy], a[data-switch], a[data-query]")
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

  // What does not wait for an act: the place in the text after a switch of language, a choice that
  // shows, filters in the address, and a page that has moved.
  const own = document.currentScript.dataset
  const asked = "moved" in own || ("asked" in own && location.search)
  if (stored("sessionStorage", "place") || colours || asked) wake()
})()
