// Helpers shared by all modules: queries, cached fetches, storage.

export const root = document.documentElement

export function all(selector, within = document) {
  return [...within.querySelectorAll(selector)]
}

// Load the style sheet of tooltips, inline translations and notes, once.
let sheet = null
export function enhancedSheet() {
  sheet ??= new Promise((done, failed) => {
    const link = document.createElement("link")
    link.rel = "stylesheet"
    link.href = new URL("../css/enhanced.css", import.meta.url)
    link.onload = done
    link.onerror = failed
    document.head.append(link)
  })
  return sheet
}

// Wrap a parser of responses so that each address is fetched once; failures are not kept.
function fetchOnce(parse) {
  const kept = new Map()
  return (address) => {
    if (!kept.has(address)) {
      const result = fetch(address).then((answer) => {
        if (!answer.ok) throw new Error(String(answer.status))
        return parse(answer)
      })
      result.catch(() => kept.delete(address))
      kept.set(address, result)
    }
    return kept.get(address)
  }
}

export const jsonAt = fetchOnce((answer) => answer.json())
export const pageAt = fetchOnce(async (answer) =>
  new DOMParser().parseFromString(await answer.text(), "text/html"))

// Storage may be switched off: reading then gives null, writing does nothing.
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
