export type DateFields = {
  year: number
  month: number
  day: number
  /** Instead of month and day. */
  ordinal?: number
  hour: number
  minute: number
  second: number
  nano: number
  /** Minutes, or a zone's name. */
  zone?: number | string
}

/** `+02:00`, `+0200`, `+02` or `Z` in minutes. */
export function offsetMinutes(offset: string): number {
  if (offset === 'Z') return 0
  const digits = offset.slice(1).replaceAll(':', '')
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2, 4) || 0)
  return offset.startsWith('-') ? -minutes : minutes
}
