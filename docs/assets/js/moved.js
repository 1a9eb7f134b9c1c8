// Leave a page that has moved for its new address, with the anchor. A part that moved elsewhere has
// its own link on this page.

const link = document.querySelector("a[data-moved]")
const part = location.hash && document.getElementById(location.hash.slice(1))
const own = part ? part.querySelector("a") : null
if (own) location.replace(own.href)
else if (link) location.replace(link.href + location.search + location.hash)
