// Before the first paint: scripts run here, so what needs them may show; and the reader's own
// choice of colours, if there is one.
(function () {
  document.documentElement.dataset.scripts = ""
  try {
    var scheme = localStorage.getItem("colours")
    if (scheme === "light" || scheme === "dark") document.documentElement.dataset.colours = scheme
  } catch (error) { /* storage is switched off: the system's colours stand */ }
})()
