// Quantities in the house style of each language; what is written reads back as the same.

import { chinese as zh, english as en } from "./words.js"

const DECIMALS = 4 // more than this before a scale word are harder to read than the full number
const EN_SCALES = [[12, "trillion"], [9, "billion"], [6, "million"]]
const ZH_SCALES = [[12, "万亿"], [8, "亿"], [4, "万"]]

// The quantity with its hedge and unit: "nearly $700 million", “近7亿美元”.
export function write(quantity, language) {
  return language === "en" ? english(quantity) : chinese(quantity)
}

// A plain number: "1,100" and "29,700"; in Chinese 1100 and 2.97万.
export function writeNumber(value, language) {
  return signed(language === "en" ? englishNumber(value) : chineseNumber(value))
}

// Digits and scale word, where a scale fits the value exactly.
function scaled(value, scales) {
  for (const [power, name] of scales) {
    if (value.magnitude().shifted(-power).atLeast(1)) {
      const digits = String(value.shifted(-power))
      return (digits.split(".")[1] ?? "").length <= DECIMALS ? [digits, name] : null
    }
  }
  return null
}

function grouped(value) {
  const [whole, part] = String(value).split(".")
  const groups = whole.replace(/\B(?=(\d{3})+$)/g, ",")
  return part ? `${groups}.${part}` : groups
}

const englishNumber = (value) => scaled(value, EN_SCALES)?.join(" ") ?? grouped(value)
const chineseNumber = (value) => scaled(value, ZH_SCALES)?.join("") ?? String(value)
const signed = (text) => (text.startsWith("-") ? `−${text.slice(1)}` : text)

// Both ends of a range in one style: with scales on both, or both in full.
function ends({ value, valueMax }, scales, short, full) {
  const both = [value, valueMax ?? value].every((end) => scaled(end, scales))
  return [value, valueMax ?? value].map(both ? short : full)
}

// English

function english(quantity) {
  const { bound, kind, value, valueMax } = quantity
  let hedge = en.style_hedges[bound] ?? ""
  if (bound === "less_than" && kind === "count") hedge = "fewer than "
  if (["year", "date", "rank"].includes(kind)) return hedge + englishMoment(quantity)
  if (valueMax) return englishRange(quantity)
  return hedge + englishAmount(quantity, englishNumber(value))
}

const isSmall = (value) => value.whole && value.atLeast(2) && value.atMost(10)

// One end, with what it measures: a sign before the number, a word or unit behind it.
function englishAmount(quantity, number) {
  const { kind, value, valueMax } = quantity
  const minus = number.startsWith("-") ? "−" : ""
  let digits = number.replace(/^-/, "")
  if (kind === "money") {
    const form = en.style_money[quantity.currency ?? ""] ?? `${quantity.currency} {}`
    return minus + form.replace("{}", () => digits)
  }
  if (kind === "percent") return `${minus}${digits}%`
  if (kind === "multiple") return `${minus}${digits} times`
  if (kind === "duration" && isSmall(value) && !valueMax) digits = en.style_numbers[String(value)]
  let unit = (quantity.unit ?? "").replaceAll("_", " ")
  if (value.equals(1) && !valueMax) unit = en.style_one[unit] ?? unit.replace(/s$/, "")
  return unit ? `${minus}${digits} ${unit}` : minus + digits
}

function englishRange(quantity) {
  const [low, high] = ends(quantity, EN_SCALES, englishNumber, grouped)
  const last = englishAmount(quantity, high)
  const money = en.style_money[quantity.currency ?? ""] ?? ""
  const repeated = quantity.kind === "percent" || (quantity.kind === "money" && money.endsWith("{}"))
  return repeated ? `${englishAmount(quantity, low)} to ${last}` : `${signed(low)} to ${last}`
}

function englishMoment({ kind, value, valueMax, edtf }) {
  if (kind === "rank") return `No. ${value}`
  if (kind === "date") {
    const [year, month, day] = edtf.split("-")
    const name = en.style_months[Number(month) - 1]
    return Number(day) ? `${name} ${Number(day)}, ${year}` : `${name} ${year}`
  }
  return valueMax ? `${value}–${valueMax}` : String(value)
}

// Chinese

function chinese(quantity) {
  const { bound, kind, value, valueMax } = quantity
  let hedge = zh.style_hedges[bound] ?? ""
  if (bound === "nearly" && kind === "duration") hedge = "将近" // 近五年 means the last five years
  if (["year", "date", "rank"].includes(kind)) return hedge + chineseMoment(quantity)
  const full = looksLikeYears(quantity) ? grouped : String
  if (valueMax) {
    const [low, high] = ends(quantity, ZH_SCALES, chineseNumber, full)
    const repeated = kind === "percent" ? "%" : ""
    return `${signed(low)}${repeated}～${chineseAmount(quantity, high)}`
  }
  const number = looksLikeYears(quantity) ? grouped(value) : chineseNumber(value)
  return hedge + chineseAmount(quantity, number)
}

// Whether 1800年 would name a year where a length of time is meant.
function looksLikeYears({ unit, value, valueMax }) {
  const within = (end) => end.atLeast(1001) && end.lessThan(2200)
  return unit === "years" && [value, valueMax ?? value].some(within)
}

function chineseAmount(quantity, number) {
  const { kind, value, valueMax } = quantity
  let digits = signed(number)
  if (kind === "money") {
    const form = zh.style_money[quantity.currency ?? ""] ?? `{}${quantity.currency ?? ""}`
    return form.replace("{}", () => digits)
  }
  if (kind === "percent") return `${digits}%`
  if (kind === "multiple") return `${digits}倍`
  const small = value.whole && value.atLeast(1) && value.atMost(9)
  if (kind === "duration" && !valueMax && small) digits = zh.style_numbers[String(value)]
  return digits + (zh.style_units[quantity.unit ?? ""] ?? "")
}

function chineseMoment({ kind, value, valueMax, edtf }) {
  if (kind === "rank") return `第${value}位`
  if (kind === "date") {
    const [year, month, day] = edtf.split("-").map(Number)
    return `${String(year).padStart(4, "0")}年${month}月${day ? `${day}日` : ""}`
  }
  return valueMax ? `${value}—${valueMax}年` : `${value}年`
}
