// Characters of every width as plain ones, each in its place, so that positions stay true.

const TABLE = new Map()
for (let code = 0xff01; code < 0xff5f; code += 1) {
  TABLE.set(String.fromCharCode(code), String.fromCharCode(code - 0xfee0))
}
const fill = (characters, plain) => {
  for (const character of characters) TABLE.set(character, plain)
}
fill("\u00a0\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000", "\u00a0")
fill("\t\n\r", " ")
fill("\ufe63\uff0d\u2011\u2010", "-")
fill("\u2012\u2014\u2015", "\u2013")
fill("\uff5e\u301c\u223c", "~")
fill("\uffe5", "¥")
fill("\uffe6", "₩")
fill("\u5186", "円")
fill("\u2019", "'")

// The same text with full-width characters, odd spaces and dashes made plain.
export function plain(text) {
  return Array.from({ length: text.length }, (_, at) => TABLE.get(text[at]) ?? text[at]).join("")
}
