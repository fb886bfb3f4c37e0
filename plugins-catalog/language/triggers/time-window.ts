/** When a window of time begins and ends. Pure: the clock is given. */
import { inZone } from './in-zone'

/**
 * - `DURATION_WINDOW`: one after another, counted from midnight (moved by `advanceMs`); one longer than a day begins at the
 *   midnight before the first execution
 * - `SLIDING_WINDOW`: what was met counts for so long
 * - `DAILY_TIME_WINDOW`: each day between two times, past midnight where the second is earlier; a time that says its offset
 *   from UTC (`09:00:00+01:00`) is not of the zone
 */
export type TimeWindow =
  | { type: 'DURATION_WINDOW'; windowMs: number; advanceMs: number; zone: string }
  | { type: 'SLIDING_WINDOW'; windowMs: number }
  | { type: 'DAILY_TIME_WINDOW'; startTime: string; endTime: string; zone: string }

/** `to` is no part of it. */
export type Span = { from: Date; to: Date }

export const dayMs = 24 * 60 * 60 * 1000

/** The window that a moment lies in; undefined where it lies in none. */
export function spanAt(window: TimeWindow, now: Date): Span | undefined {
  if (window.type === 'SLIDING_WINDOW') return { from: now, to: new Date(now.getTime() + window.windowMs) }
  return window.type === 'DURATION_WINDOW' ? durationSpan(window, now) : dailySpan(window, now)
}

function durationSpan(window: Extract<TimeWindow, { type: 'DURATION_WINDOW' }>, now: Date): Span {
  const { windowMs, advanceMs, zone } = window
  const midnight = atClock(dayOf(now, zone), '00:00:00', zone).getTime()
  const step = Math.min(windowMs, dayMs)
  const origin = midnight + (advanceMs % step)
  const from = origin + Math.floor((now.getTime() - origin) / step) * step
  return { from: new Date(from), to: new Date(from + windowMs) }
}

function dailySpan(window: Extract<TimeWindow, { type: 'DAILY_TIME_WINDOW' }>, now: Date): Span | undefined {
  const { startTime, endTime, zone } = window
  // A time with an offset of its own may be of the day that begins there sooner than here.
  const days = [0, -dayMs, dayMs].map(ms => dayOf(new Date(now.getTime() + ms), zone))
  return days
    .map(day => {
      const from = atClock(day, startTime, zone)
      const end = atClock(day, endTime, zone)
      const isNextDay = end <= from
      return { from, to: isNextDay ? atClock(dayAfter(day), endTime, zone) : end }
    })
    .find(({ from, to }) => from <= now && now < to)
}

/** `2026-07-01`, as the calendars of a zone show it. */
function dayOf(date: Date, zone: string): string {
  return inZone(date, zone).slice(0, 10)
}

function dayAfter(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + dayMs).toISOString().slice(0, 10)
}

/** The moment at which the clocks of a zone show a time; within an hour that they skip, the moment after it. */
function atClock(day: string, time: string, zone: string): Date {
  if (time.length > '00:00:00'.length) return new Date(`${day}T${time}`)
  const shown = Date.parse(`${day}T${time}Z`)
  const offsets = [shown - dayMs, shown + dayMs].map(ms => offsetMs(new Date(ms), zone))
  const found = offsets.map(offset => new Date(shown - offset)).find(date => shownMs(date, zone) === shown)
  return found ?? new Date(shown - offsets[0]!)
}

function offsetMs(date: Date, zone: string): number {
  return shownMs(date, zone) - date.getTime()
}

/** What the clocks of a zone show, read as if it were UTC. */
function shownMs(date: Date, zone: string): number {
  return Date.parse(`${inZone(date, zone).slice(0, 19)}Z`)
}
