import { describe, expect, it } from 'vitest'
import { evaluateSchedule, type ScheduleDates, type SchedulePolicy } from './evaluate-schedule'
import { nextDate, previousDate } from './schedule-dates'

const minute = 60_000
const at = (minutes: number) => new Date(Date.UTC(2026, 0, 1) + minutes * minute)
/** Each ten minutes. */
const dates: ScheduleDates = {
  next: after => nextDate({ cron: '*/10 * * * *' }, after),
  previous: before => previousDate({ cron: '*/10 * * * *' }, before),
}
const usual: SchedulePolicy = {
  recoverMissedSchedules: 'ALL',
  allowConcurrent: false,
  isLocked: false,
  holds: () => true,
}

type Case = [
  name: string,
  given: { next: number; evaluated: number; now: number } & Partial<SchedulePolicy>,
  expected: { fire: number[]; next: number; isBehind?: boolean },
]

const cases: Case[] = [
  ['not due', { next: 10, evaluated: 0, now: 9 }, { fire: [], next: 10 }],
  ['due', { next: 10, evaluated: 0, now: 10 }, { fire: [10], next: 20 }],
  ['one at a time', { next: 10, evaluated: 0, now: 35 }, { fire: [10], next: 20, isBehind: true }],
  ['all at once', { next: 10, evaluated: 0, now: 35, allowConcurrent: true }, { fire: [10, 20, 30], next: 40 }],
  ['locked', { next: 10, evaluated: 0, now: 10, isLocked: true }, { fire: [], next: 10, isBehind: true }],
  [
    'late after a lock, though missed ones would not come',
    { next: 10, evaluated: 30, now: 35, recoverMissedSchedules: 'NONE' },
    { fire: [10], next: 20, isBehind: true },
  ],
  ['missed, the last', { next: 10, evaluated: 5, now: 35, recoverMissedSchedules: 'LAST' }, { fire: [30], next: 40 }],
  [
    'missed, the last that its conditions let through',
    { next: 10, evaluated: 5, now: 45, recoverMissedSchedules: 'LAST', holds: date => date <= at(20) },
    { fire: [20], next: 30, isBehind: true },
  ],
  [
    'missed, the last, but none was let through',
    { next: 10, evaluated: 5, now: 35, recoverMissedSchedules: 'LAST', holds: date => date < at(10) },
    { fire: [], next: 40 },
  ],
  ['missed, none', { next: 10, evaluated: 5, now: 35, recoverMissedSchedules: 'NONE' }, { fire: [], next: 40 }],
  [
    'missed, none, yet one is due',
    { next: 10, evaluated: 5, now: 40, recoverMissedSchedules: 'NONE' },
    { fire: [40], next: 50 },
  ],
  [
    'just late is not missed',
    { next: 10, evaluated: 5, now: 10.5, recoverMissedSchedules: 'NONE' },
    { fire: [10], next: 20 },
  ],
  ['later than allowed', { next: 10, evaluated: 5, now: 35, lateMaximumDelayMs: 7 * minute }, { fire: [30], next: 40 }],
  [
    'conditions choose',
    { next: 10, evaluated: 5, now: 35, holds: date => date.getTime() === at(20).getTime() },
    { fire: [20], next: 30, isBehind: true },
  ],
]

describe('evaluateSchedule', () => {
  it.each(cases)('%s', (_name, { next, evaluated, now, ...policy }, expected) => {
    const verdict = evaluateSchedule(
      dates,
      { nextDate: at(next), evaluatedAt: at(evaluated) },
      { ...usual, ...policy },
      at(now),
    )
    expect(verdict).toEqual({
      fire: expected.fire.map(at),
      nextDate: at(expected.next),
      isBehind: expected.isBehind ?? false,
    })
  })

  it('ends with its dates', () => {
    const once: ScheduleDates = { next: after => (after < at(10) ? at(10) : undefined), previous: () => undefined }
    expect(evaluateSchedule(once, { nextDate: at(10), evaluatedAt: at(0) }, usual, at(10))).toEqual({
      fire: [at(10)],
      nextDate: undefined,
      isBehind: false,
    })
  })
})
