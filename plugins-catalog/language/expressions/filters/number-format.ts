import { Complaint } from '../errors'

type Pattern = { prefix: string; whole: string; fraction: string; suffix: string }

/** Digits that a pattern may ask for: more than a double holds would be noise. */
const maximumDigits = 100

/** Java's DecimalFormat for the patterns people write. @example formatNumber(1234.5, '#,##0.00') // '1,234.50' */
export function formatNumber(value: number, format: string): string {
  const { prefix, whole, fraction, suffix } = readPattern(format)
  const percent = suffix.includes('%') || prefix.includes('%') ? 100 : 1
  const minimumFraction = [...fraction].filter(digit => digit === '0').length
  if (fraction.length > maximumDigits || whole.length > maximumDigits)
    throw new Complaint('The number pattern is too long')
  const rounded = roundHalfEven(Math.abs(value) * percent, fraction.length)
  const [digits = '0', decimals = ''] = rounded.split('.')
  const kept = trimZeros(decimals, minimumFraction)
  const minimumWhole = [...whole].filter(digit => digit === '0').length
  const padded = (digits === '0' && minimumWhole === 0 && kept !== '' ? '' : digits).padStart(minimumWhole, '0')
  const sign = value < 0 && /[1-9]/.test(rounded) ? '-' : ''
  return `${sign}${prefix}${grouped(padded, whole)}${kept === '' ? '' : `.${kept}`}${suffix}`
}

function readPattern(format: string): Pattern {
  const positive = format.split(';')[0] ?? ''
  const match = /^([^0#,.]*)([0#,]*)(?:\.([0#]*))?([^0#,.]*)$/.exec(positive)
  if (!match) throw new Complaint(`"${format}" is not a number pattern`)
  const [, prefix = '', whole = '', fraction = '', suffix = ''] = match
  return { prefix: prefix.replaceAll("'", ''), whole, fraction, suffix: suffix.replaceAll("'", '') }
}

/** DecimalFormat rounds to the even neighbour: 2.5 gives 2, 3.5 gives 4. */
function roundHalfEven(value: number, digits: number): string {
  const fixed = value.toFixed(Math.min(digits, maximumDigits))
  const factor = 10 ** digits
  const scaled = value * factor
  const isHalf = Number.isFinite(scaled) && Math.abs(scaled - Math.trunc(scaled)) === 0.5
  if (!isHalf) return fixed
  const floor = Math.trunc(scaled)
  return ((floor % 2 === 0 ? floor : floor + 1) / factor).toFixed(digits)
}

function trimZeros(decimals: string, minimum: number): string {
  let end = decimals.length
  while (end > minimum && decimals[end - 1] === '0') end -= 1
  return decimals.slice(0, end)
}

function grouped(digits: string, whole: string): string {
  const comma = whole.lastIndexOf(',')
  const size = comma < 0 ? 0 : whole.length - comma - 1
  if (size === 0) return digits
  const groups: string[] = []
  for (let end = digits.length; end > 0; end -= size) groups.unshift(digits.slice(Math.max(0, end - size), end))
  return groups.join(',')
}
