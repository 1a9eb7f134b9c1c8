// Leave a page that has moved for its new address, with the anchor.

const link = document.querySelector("a[data-moved]")
if (link) location.replace(link.href + location.search + location.hash)
