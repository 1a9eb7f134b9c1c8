// Small helpers that every part uses.

export const root = document.documentElement

export function all(selector, within = document) {
  return [...within.querySelectorAll(selector)]
}

// The style sheet of what comes late: cards, peeks, notes. Fetched once.
let sheet = null
export function lateSheet() {
  sheet ??= new Promise((done, failed) => {
    const link = document.createElement("link")
    link.rel = "stylesheet"
    link.href = new URL("../css/late.css", import.meta.url)
    link.onload = done
    link.onerror = failed
    document.head.append(link)
  })
  return sheet
}

const pages = new Map()

// A page of this site as a document, fetched once.
export function pageAt(address) {
  if (!pages.has(address)) {
    const page = fetch(address).then((answer) => {
      if (!answer.ok) throw new Error(String(answer.status))
      return answer.text()
    }).then((text) => new DOMParser().parseFromString(text, "text/html"))
    page.catch(() => pages.delete(address))
    pages.set(address, page)
  }
  return pages.get(address)
}

const files = new Map()

// A JSON file of this site, fetched once.
export function jsonAt(address) {
  if (!files.has(address)) {
    const file = fetch(address).then((answer) => {
      if (!answer.ok) throw new Error(String(answer.status))
      return answer.json()
    })
    file.catch(() => files.delete(address))
    files.set(address, file)
  }
  return files.get(address)
}

// Storage that may be switched off: reading gives null, writing does nothing.
export function remembered(kind, key) {
  try {
    return window[kind].getItem(key)
  } catch {
    return null
  }
}
export function remember(kind, key, value) {
  try {
    if (value === null) window[kind].removeItem(key)
    else window[kind].setItem(key, value)
  } catch { /* the choice lasts for this page */ }
}
