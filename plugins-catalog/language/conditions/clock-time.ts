/** Times of day, with an offset or on the clock that they are compared with. */

const written = /^(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(Z|[+-]\d{2}(?::?\d{2})?)?(?:\[[^\]]*\])?$/i
const daySeconds = 86_400

/** Seconds since midnight, and how far that clock is ahead of UTC. */
type ClockTime = { seconds: number; offset: number | undefined }

/** The time of day in a text such as `08:30:00+02:00`, or of a date with a time; undefined where it is none. */
function parseClockTime(text: string): ClockTime | undefined {
  const match = written.exec(text.slice(text.indexOf('T') + 1).trim())
  if (match === null) return undefined
  const [, hours, minutes, seconds = '0', fraction = '0', offset] = match
  if (Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59) return undefined
  const time = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds) + Number(`0.${fraction}`)
  return { seconds: time, offset: offset === undefined ? undefined : offsetSeconds(offset) }
}

/** Whether a text is a time of day, as one end of a range is written. */
export function isClockTime(text: string): boolean {
  return parseClockTime(text) !== undefined
}

/** Whether a date's time of day lies strictly between two; past midnight where the second is earlier. */
export function isBetweenClockTimes(
  date: string,
  { after, before }: { after?: string | undefined; before?: string | undefined },
): boolean {
  const time = read(date)
  const start = after === undefined ? undefined : read(after)
  const end = before === undefined ? undefined : read(before)
  if (start !== undefined && end !== undefined) {
    const sinceStart = secondsOn(start, time) - start.seconds
    return sinceStart !== 0 && inDay(sinceStart) < inDay(secondsOn(start, end, time) - start.seconds)
  }
  if (start !== undefined) return secondsOn(start, time) > start.seconds
  return end !== undefined && secondsOn(end, time) < end.seconds
}

/** A time as another's clock shows it; what names no offset is on the clock of `own`. */
function secondsOn(clock: ClockTime, time: ClockTime, own: ClockTime = time): number {
  const offset = time.offset ?? own.offset ?? 0
  return inDay(time.seconds - offset + (clock.offset ?? own.offset ?? 0))
}

function inDay(seconds: number): number {
  return ((seconds % daySeconds) + daySeconds) % daySeconds
}

function read(text: string): ClockTime {
  const time = parseClockTime(text)
  if (time === undefined) throw new Error(`"${text}" is no time of day such as 08:30:00Z`)
  return time
}

function offsetSeconds(offset: string): number {
  if (/z/i.test(offset)) return 0
  const [, sign, hours, minutes = '0'] = /^([+-])(\d{2}):?(\d{2})?$/.exec(offset)!
  return (sign === '-' ? -1 : 1) * (Number(hours) * 3600 + Number(minutes) * 60)
}
