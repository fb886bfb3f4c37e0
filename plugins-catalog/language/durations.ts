const isoDuration =
  /^([-+])?P(?=.)(?:([-+]?\d+)W)?(?:([-+]?\d+)D)?(?:T(?=.)(?:([-+]?\d+)H)?(?:([-+]?\d+)M)?(?:([-+]?\d+(?:[.,]\d{1,9})?)S)?)?$/i
const plainSeconds = /^[-+]?\d+(?:\.\d+)?$/

const secondMs = 1000
const minuteMs = 60 * secondMs
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs
const weekMs = 7 * dayMs

/**
 * Milliseconds of a duration: ISO-8601 text of fixed length (`PT1M30S`, `P1D`), or seconds as a number or numeric text,
 * which is how a DURATION input renders. Null where it is none; months and years have no fixed length and are none.
 * @example parseDuration('PT1M30S') // 90000
 */
export function parseDuration(value: unknown): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? Math.round(value * secondMs) : null
  if (typeof value !== 'string') return null
  const text = value.trim()
  if (plainSeconds.test(text)) return Math.round(Number(text) * secondMs)
  const match = isoDuration.exec(text)
  if (match === null) return null
  const [, sign, weeks, days, hours, minutes, seconds] = match
  const total =
    Number(weeks ?? 0) * weekMs +
    Number(days ?? 0) * dayMs +
    Number(hours ?? 0) * hourMs +
    Number(minutes ?? 0) * minuteMs +
    Number((seconds ?? '0').replace(',', '.')) * secondMs
  if (!Number.isFinite(total)) return null
  return Math.round(sign === '-' ? -total : total)
}

/** Milliseconds of a duration that is known to be valid (checked by a schema before). */
export function durationMs(value: string | number): number {
  const ms = parseDuration(value)
  if (ms === null) throw new Error(`not a duration: ${value}`)
  return ms
}

/** ISO-8601 text as Java prints it: hours are the largest unit. @example formatDuration(90000) // 'PT1M30S' */
export function formatDuration(ms: number): string {
  if (ms === 0) return 'PT0S'
  const sign = ms < 0 ? '-' : ''
  const rest = Math.abs(Math.round(ms))
  const hours = Math.floor(rest / hourMs)
  const minutes = Math.floor((rest % hourMs) / minuteMs)
  const seconds = (rest % minuteMs) / secondMs
  const parts = [
    hours === 0 ? '' : `${sign}${hours}H`,
    minutes === 0 ? '' : `${sign}${minutes}M`,
    seconds === 0 ? '' : `${sign}${seconds}S`,
  ]
  return `PT${parts.join('')}`
}

/** Whether the runtime knows an IANA time zone or a fixed offset such as `+02:00`. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}
