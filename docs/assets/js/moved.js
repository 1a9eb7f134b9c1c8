// A page that moved: on to the new one, anchor and all. A part that went elsewhere by itself has a
// line of its own here, with its own link.

const link = document.querySelector("a[data-moved]")
const part = location.hash && document.getElementById(location.hash.slice(1))
const own = part ? part.querySelector("a") : null
if (own) location.replace(own.href)
else if (link) location.replace(link.href + location.search + location.hash)
