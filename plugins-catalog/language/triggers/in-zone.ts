/** A date as the clocks of a zone show it, ISO 8601 with its offset; a zone without offset shows Z. @example inZone(d, 'Europe/Berlin') // 2026-07-01T06:00:00+02:00 */
export function inZone(date: Date, zone: string): string {
  const parts = Object.fromEntries(
    formatOf(zone)
      .formatToParts(date)
      .map(({ type, value }) => [type, value]),
  )
  const day = `${parts.year}-${parts.month}-${parts.day}`
  const ms = date.getUTCMilliseconds()
  const time = `${parts.hour}:${parts.minute}:${parts.second}${ms === 0 ? '' : `.${String(ms).padStart(3, '0')}`}`
  const offset = (parts.timeZoneName ?? 'GMT').replace('GMT', '')
  return `${day}T${time}${offset === '' || offset === '+00:00' ? 'Z' : offset}`
}

const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone)
  if (known !== undefined) return known
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    calendar: 'iso8601',
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZoneName: 'longOffset',
  })
  formats.set(zone, format)
  return format
}
