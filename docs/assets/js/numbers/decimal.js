// Exact decimals: a whole number of units of ten to the minus `places`, without trailing zeros.

export class Decimal {
  constructor(units, places = 0) {
    while (places > 0 && units % 10n === 0n) {
      units /= 10n
      places -= 1
    }
    while (places < 0) {
      units *= 10n
      places += 1
    }
    this.units = units
    this.places = places
    Object.freeze(this)
  }

  // Reads "1234", "-0.5", "12.50"; numbers only where they are whole.
  static of(text) {
    if (text instanceof Decimal) return text
    if (typeof text === "bigint") return new Decimal(text)
    if (typeof text === "number") return new Decimal(BigInt(text))
    const [whole, part = ""] = text.split(".")
    return new Decimal(BigInt(whole + part || "0") * (text.startsWith("-0") && BigInt(whole + part) >= 0n ? -1n : 1n), part.length)
  }

  _with(other, operation) {
    const places = Math.max(this.places, other.places)
    const one = this.units * 10n ** BigInt(places - this.places)
    const two = other.units * 10n ** BigInt(places - other.places)
    return operation(one, two, places)
  }

  plus(other) { return this._with(Decimal.of(other), (a, b, places) => new Decimal(a + b, places)) }
  minus(other) { return this._with(Decimal.of(other), (a, b, places) => new Decimal(a - b, places)) }
  times(other) {
    const by = Decimal.of(other)
    return new Decimal(this.units * by.units, this.places + by.places)
  }
  // Times ten to the `power`, exactly.
  shifted(power) { return new Decimal(this.units, this.places - power) }
  // Divided, to `digits` significant digits, half to even; null for a division by zero.
  dividedBy(other, digits = 28) {
    const by = Decimal.of(other)
    if (by.units === 0n) return null
    const up = digits + String(by.units).length + 1
    const scaled = (this.units * 10n ** BigInt(up)) / by.units
    return new Decimal(scaled, up + this.places - by.places).significant(digits)
  }
  significant(digits) {
    const sign = this.units < 0n ? -1n : 1n
    const size = this.units * sign
    const extra = String(size).length - digits
    if (extra <= 0) return this
    const step = 10n ** BigInt(extra)
    let [quotient, rest] = [size / step, size % step]
    if (rest * 2n > step || (rest * 2n === step && quotient % 2n === 1n)) quotient += 1n
    return new Decimal(sign * quotient, this.places - extra)
  }
  negated() { return new Decimal(-this.units, this.places) }
  magnitude() { return this.units < 0n ? this.negated() : this }
  compare(other) {
    return this._with(Decimal.of(other), (a, b) => (a < b ? -1 : a > b ? 1 : 0))
  }
  equals(other) { return this.compare(other) === 0 }
  lessThan(other) { return this.compare(other) < 0 }
  atMost(other) { return this.compare(other) <= 0 }
  atLeast(other) { return this.compare(other) >= 0 }
  get whole() { return this.places === 0 }
  get zero() { return this.units === 0n }
  get negative() { return this.units < 0n }

  // Plain digits, never an exponent.
  toString() {
    const size = String(this.units < 0n ? -this.units : this.units).padStart(this.places + 1, "0")
    const cut = size.length - this.places
    const digits = this.places ? `${size.slice(0, cut)}.${size.slice(cut)}` : size
    return this.units < 0n ? `-${digits}` : digits
  }
}

export const ZERO = new Decimal(0n)
