// The 404 page: list the addresses of the site that are most like the one requested.

import { jsonAt } from "./dom.js"

const list = document.querySelector("[data-missing]")

// Levenshtein distance of two words.
function distance(one, other) {
  let row = Array.from({ length: other.length + 1 }, (_, at) => at)
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= other.length; j += 1) {
      const change = row[j - 1] + (one[i - 1] === other[j - 1] ? 0 : 1)
      next.push(Math.min(row[j] + 1, next[j - 1] + 1, change))
    }
    row = next
  }
  return row[other.length]
}

// Dissimilarity of two ids, from 0 to 1: of the whole, and word by word for shortened or reordered ids.
function dissimilarity(asked, id) {
  const whole = distance(asked, id) / Math.max(asked.length, id.length)
  const words = asked.split("-").filter((word) => word.length > 2)
  const own = id.split("-")
  const missing = words.map((word) =>
    Math.min(...own.map((one) => distance(word, one) / Math.max(word.length, one.length))))
  const spread = missing.length ? missing.reduce((sum, part) => sum + part, 0) / missing.length : 1
  return Math.min(whole, spread + 0.05)
}

const asked = decodeURIComponent(location.pathname).toLowerCase().replace(/(index)?\.html$/, "")
  .split("/").filter(Boolean).at(-1) || ""
jsonAt(new URL(list.dataset.missing, location.href).href).then(({ pages }) => {
  const near = pages
    .map((page) => ({ ...page, score: dissimilarity(asked.replace(/[^a-z0-9-]/g, "-"), page.id) }))
    .filter((page) => page.score <= 0.45)
    .sort((one, other) => one.score - other.score)
    .slice(0, 5)
  for (const page of near) {
    const item = document.createElement("li")
    const link = document.createElement("a")
    link.href = new URL(page.address, new URL(list.dataset.missing, location.href)).href
    link.textContent = page.title
    item.append(link)
    list.append(item)
  }
  if (near.length) document.getElementById(list.dataset.near).hidden = false
}).catch(() => { /* the links below still work */ })
