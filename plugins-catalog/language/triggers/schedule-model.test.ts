/**
 * A schedule as its row lives it, under a skipped clock: looks at any time, outages, disabling and enabling, edits of its
 * dates, a flow that is deleted and restored, a running execution that holds it up, over both changes of the clock.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { catalog } from '#catalog/manifests'
import type { Trigger } from '../flow'
import { afterEdit, datesWithEarlier, earlierDatesOf } from './edited-dates'
import { evaluateSchedule, type SchedulePolicy } from './evaluate-schedule'
import { cronDates } from './schedule-dates'

const minute = 60_000
const type = 'io.kestra.plugin.core.trigger.Schedule'
const plugin = catalog.find(type)!

type Recover = SchedulePolicy['recoverMissedSchedules']
type Event =
  | { kind: 'wait'; minutes: number }
  | { kind: 'outage'; minutes: number }
  | { kind: 'disabled'; minutes: number; edited?: string }
  | { kind: 'deleted'; minutes: number }
  | { kind: 'runs'; minutes: number; edited?: string }
  | { kind: 'edit'; cron: string }

const zones = fc.constantFrom(
  { start: Date.UTC(2026, 2, 28, 20), timezone: 'Europe/Berlin' },
  { start: Date.UTC(2026, 9, 24, 20), timezone: 'Europe/Berlin' },
  { start: Date.UTC(2026, 2, 7, 20), timezone: 'America/New_York' },
  { start: Date.UTC(2026, 9, 31, 20), timezone: 'America/New_York' },
)
const crons = fc.constantFrom('*/7 * * * *', '30 2 * * *', '0 * * * *', '*/30 1-3 * * *', '15 0,2 * * *')
const minutes = fc.integer({ min: 2, max: 400 })
const edited = fc.option(crons, { nil: undefined })
const events: fc.Arbitrary<Event[]> = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant('wait' as const), minutes: fc.double({ min: 0.01, max: 0.9, noNaN: true }) }),
    fc.record({ kind: fc.constant('outage' as const), minutes }),
    fc.record({ kind: fc.constant('disabled' as const), minutes, edited }),
    fc.record({ kind: fc.constant('deleted' as const), minutes }),
    fc.record({ kind: fc.constant('runs' as const), minutes: fc.integer({ min: 2, max: 45 }), edited }),
    fc.record({ kind: fc.constant('edit' as const), cron: crons }),
  ),
  { minLength: 5, maxLength: 25 },
)

/** The row, and what is to come of it by other means than the code that is tested. */
class Model {
  readonly fired: number[] = []
  readonly due: number[] = []
  readonly missed = new Set<number>()
  private row: { definition: Trigger; disabled: boolean; nextDate: Date | null; evaluatedAt: Date; state: object }
  private now: Date

  constructor(
    start: number,
    private readonly timezone: string,
    cron: string,
    private readonly recover: Recover,
    private readonly allowConcurrent: boolean,
  ) {
    this.now = new Date(start)
    this.row = this.fresh(this.written(cron))
  }

  play(event: Event): void {
    if (event.kind === 'edit') {
      this.edit(event.cron)
    } else if (event.kind === 'wait') {
      this.pass(event.minutes, 'looked at')
      this.look()
    } else if (event.kind === 'outage') {
      this.pass(event.minutes, 'alone')
      this.look()
    } else if (event.kind === 'runs') {
      // What came due meanwhile waits for the execution, however long; somebody looks at it each minute.
      for (let left = event.minutes; left > 0; left--) {
        this.pass(1, 'looked at')
        this.look({ isLocked: !this.allowConcurrent })
        if (event.edited !== undefined && left === 2) this.edit(event.edited)
      }
      this.look()
    } else if (event.kind === 'deleted') {
      this.look()
      this.now = new Date(this.now.getTime() + event.minutes * minute)
      this.row = this.fresh(this.row.definition)
    } else {
      this.look()
      this.row.disabled = true
      const before = this.due.length
      this.pass(event.minutes, 'alone')
      if (event.edited !== undefined) {
        // Who edits a disabled schedule wants none of what it would have done.
        if (event.edited !== this.row.definition.cron) this.due.length = before
        this.edit(event.edited)
      }
      this.row.disabled = false
      this.look()
    }
  }

  private edit(cron: string): void {
    const trigger = this.written(cron)
    this.row = { ...this.row, ...afterEdit(this.row, { trigger, plugin, now: this.now }), definition: trigger }
  }

  private written(cron: string): Trigger {
    return { id: 'clock', type, cron, timezone: this.timezone }
  }

  private fresh(definition: Trigger) {
    const nextDate = this.dates(definition).next(this.now)!
    return { definition, disabled: false, nextDate, evaluatedAt: this.now, state: {} }
  }

  private dates({ cron }: Trigger) {
    return cronDates({ cron: String(cron), timezone: this.timezone })
  }

  private pass(minutes: number, how: 'looked at' | 'alone'): void {
    const before = this.now
    this.now = new Date(before.getTime() + minutes * minute)
    const dates = this.dates(this.row.definition)
    for (let date = dates.next(before); date !== undefined && date <= this.now; date = dates.next(date)) {
      this.due.push(date.getTime())
      if (how === 'alone' && this.now.getTime() - date.getTime() > minute) this.missed.add(date.getTime())
    }
  }

  private look({ isLocked = false } = {}): void {
    for (let isBehind = true; isBehind && this.row.nextDate !== null && this.row.nextDate <= this.now; ) {
      const { nextDate, evaluatedAt, definition, state } = this.row
      const dates = datesWithEarlier(plugin, definition, earlierDatesOf(state))
      const { recover, allowConcurrent } = this
      const policy = { recoverMissedSchedules: recover, allowConcurrent, isLocked, holds: () => true }
      const verdict = evaluateSchedule(dates, { nextDate, evaluatedAt }, policy, this.now)
      this.fired.push(...verdict.fire.map(date => date.getTime()))
      this.row.nextDate = verdict.nextDate ?? null
      this.row.evaluatedAt = this.now
      if (!verdict.isBehind) this.row.state = {}
      isBehind = verdict.isBehind && !isLocked
    }
  }
}

describe('a schedule under a skipped clock', () => {
  it.each<Recover>(['ALL', 'LAST', 'NONE'])(
    '%s: each due date comes once, in order',
    recover => {
      fc.assert(
        fc.property(zones, crons, events, fc.boolean(), ({ start, timezone }, cron, list, allowConcurrent) => {
          const model = new Model(start, timezone, cron, recover, allowConcurrent)
          for (const event of [...list, { kind: 'wait', minutes: 0.1 } as const]) model.play(event)
          const { fired, due, missed } = model
          expect(fired).toEqual([...new Set(fired)].toSorted((one, other) => one - other))
          const seen = due.filter(date => !missed.has(date))
          if (recover === 'ALL') expect(fired).toEqual(due)
          if (recover === 'NONE') expect(fired).toEqual(seen)
          if (recover === 'LAST') expect(fired.filter(date => !missed.has(date))).toEqual(seen)
          if (recover === 'LAST') expect(fired.every(date => due.includes(date))).toBe(true)
        }),
        { numRuns: 30 },
      )
    },
    120_000,
  )
})
