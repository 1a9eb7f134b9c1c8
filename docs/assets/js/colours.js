// Before the first paint: the reader's own choice of colours, if there is one.
(function () {
  try {
    var scheme = localStorage.getItem("colours")
    if (scheme === "light" || scheme === "dark") document.documentElement.dataset.colours = scheme
  } catch (error) { /* storage is switched off: the system's colours stand */ }
})()
