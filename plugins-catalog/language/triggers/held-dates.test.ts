import { describe, expect, it } from 'vitest'
import { findHeld, heldDates } from './held-dates'
import { cronDates } from './schedule-dates'

const at = (text: string) => new Date(`${text}:00Z`)
const days = cronDates({ cron: '0 6 * * *' })
const isMonday = (date: Date) => date.getUTCDay() === 1

describe('dates that hold', () => {
  it('are searched in both directions', () => {
    const mondays = heldDates(days, isMonday)
    expect(mondays.next(at('2026-11-30T06:00'))).toEqual(at('2026-12-07T06:00'))
    expect(mondays.previous(at('2026-11-30T06:00'))).toEqual(at('2026-11-23T06:00'))
  })

  it('are none where there is none in ten years', () => {
    const never = heldDates(days, () => false)
    expect(never.next(at('2026-01-01T00:00'))).toBeUndefined()
    expect(never.previous(at('2026-01-01T00:00'))).toBeUndefined()
    expect(findHeld(at('2026-01-01T06:00'), days.next, () => false)).toEqual({ date: undefined, isHeld: false })
  })

  it('are given up where they are too many, to go on later from there', () => {
    const minutes = cronDates({ cron: '* * * * *' })
    const first = at('2026-01-01T00:00')
    const { date, isHeld } = findHeld(first, minutes.next, () => false)
    expect(isHeld).toBe(false)
    expect(date!.getTime() - first.getTime()).toBe(4000 * 60_000)
    expect(heldDates(minutes, () => false).next(first)).toBeUndefined()
  })
})
