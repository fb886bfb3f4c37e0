/** The time within which executions must come together, as both Kestras write it. */
import type { z } from 'zod'
import { durationMs } from '#language/durations'
import { bool, duration, object, oneOf, text, timeZone } from '#language/fields'
import { dayMs, type TimeWindow } from '#language/triggers/time-window'

/** Kestra 1. */
export const TimeWindowProperties = object({
  type: oneOf(['DURATION_WINDOW', 'SLIDING_WINDOW', 'DAILY_TIME_DEADLINE', 'DAILY_TIME_WINDOW']).default(
    'DURATION_WINDOW',
  ),
  window: duration().optional(),
  windowAdvance: duration().optional(),
  deadline: text().optional(),
  startTime: text().optional(),
  endTime: text().optional(),
})

/** Kestra 2. */
export const WindowProperties = object({
  every: duration().optional(),
  offset: duration().optional(),
  lookback: duration().optional(),
  deadline: text().optional(),
  from: text().optional(),
  to: text().optional(),
  timezone: timeZone().optional(),
  fireOnce: bool().optional(),
  onMiss: text().optional(),
})

type WrittenWindow = Partial<z.output<typeof TimeWindowProperties>>

/** A window as Kestra 1 writes it; a day, from midnight, where nothing is written. */
export function timeWindowOf(written: WrittenWindow = {}, zone = 'UTC'): TimeWindow {
  const windowMs = written.window === undefined ? dayMs : durationMs(written.window)
  switch (written.type) {
    case 'SLIDING_WINDOW':
      return { type: 'SLIDING_WINDOW', windowMs }
    case 'DAILY_TIME_DEADLINE':
      return {
        type: 'DAILY_TIME_WINDOW',
        startTime: `00:00:00${offsetOf(written.deadline)}`,
        endTime: clockOf(written.deadline),
        zone,
      }
    case 'DAILY_TIME_WINDOW':
      return {
        type: 'DAILY_TIME_WINDOW',
        startTime: clockOf(written.startTime),
        endTime: clockOf(written.endTime),
        zone,
      }
    default: {
      const advanceMs = written.windowAdvance === undefined ? 0 : durationMs(written.windowAdvance)
      return { type: 'DURATION_WINDOW', windowMs, advanceMs, zone }
    }
  }
}

/** A window as Kestra 2 writes it: its kind follows from what is written. */
export function newTimeWindowOf(written: z.output<typeof WindowProperties> = {}): TimeWindow {
  const { deadline, from, to, every, offset, lookback, timezone } = written
  if (deadline !== undefined) return timeWindowOf({ type: 'DAILY_TIME_DEADLINE', deadline }, timezone)
  if (from !== undefined) return timeWindowOf({ type: 'DAILY_TIME_WINDOW', startTime: from, endTime: to }, timezone)
  if (lookback !== undefined) return timeWindowOf({ type: 'SLIDING_WINDOW', window: lookback }, timezone)
  return timeWindowOf({ window: every, windowAdvance: offset }, timezone)
}

/** `9:00` as `09:00:00`, `9:00+01:00` as `09:00:00+01:00`. */
function clockOf(time = '00:00:00'): string {
  const [hours = '', minutes = '', seconds = '00'] = time.trim().replace(offsetPattern, '').split(/[:.]/)
  return [hours, minutes, seconds].map(part => part.padStart(2, '0')).join(':') + offsetOf(time)
}

const offsetPattern = /(Z|[+-]\d\d:\d\d)$/

function offsetOf(time = ''): string {
  return offsetPattern.exec(time.trim())?.[0] ?? ''
}
