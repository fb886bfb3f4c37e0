import { expect, it } from 'vitest'
import type { JsonObject } from '../json'
import { previewDates } from './preview-dates'

const schedule = (cron: string, more: JsonObject = {}) => ({
  type: 'io.kestra.plugin.core.trigger.Schedule',
  cron,
  timezone: 'Europe/Berlin',
  ...more,
})
const preview = (trigger: JsonObject, now: string, count: number) =>
  previewDates(trigger, new Date(now), count)?.dates.map(({ text, note }) => (note ? `${text} ${note}` : text))

it.each<[name: string, trigger: JsonObject, now: string, dates: string[]]>([
  [
    'in its zone',
    schedule('0 6 * * *'),
    '2026-07-01T00:00:00Z',
    ['2026-07-01T06:00:00+02:00', '2026-07-02T06:00:00+02:00'],
  ],
  [
    'a time that spring skips',
    schedule('30 2 * * *'),
    '2026-03-28T00:00:00Z',
    [
      '2026-03-28T02:30:00+01:00',
      '2026-03-29T03:00:00+02:00 The clock goes forward: 02:30 does not exist, it runs at 03:00.',
      '2026-03-30T02:30:00+02:00',
    ],
  ],
  [
    'a time that autumn repeats',
    schedule('30 2 * * *'),
    '2026-10-24T12:00:00Z',
    [
      '2026-10-25T02:30:00+02:00 The clock goes back: 02:30 comes twice, it runs at the first.',
      '2026-10-26T02:30:00+01:00 The clock went back since the date before.',
    ],
  ],
  [
    'a time that only moves',
    schedule('0 6 * * *'),
    '2026-03-28T06:00:00Z',
    ['2026-03-29T06:00:00+02:00 The clock went forward since the date before.', '2026-03-30T06:00:00+02:00'],
  ],
  [
    'every half hour of the hour that repeats',
    schedule('*/30 * * * *'),
    '2026-10-24T23:45:00Z',
    [
      '2026-10-25T02:00:00+02:00',
      '2026-10-25T02:30:00+02:00',
      '2026-10-25T02:00:00+01:00 The clock went back since the date before.',
      '2026-10-25T02:30:00+01:00',
    ],
  ],
  [
    'listed dates',
    {
      type: 'io.kestra.plugin.core.trigger.ScheduleOnDates',
      dates: ['2026-01-01T10:00:00Z', '2025-01-01'],
      timezone: 'UTC',
    },
    '2025-06-01T00:00:00Z',
    ['2026-01-01T10:00:00Z'],
  ],
])('%s', (_name, trigger, now, dates) => expect(preview(trigger, now, dates.length)).toEqual(dates))

it.each<[JsonObject, string]>([
  [schedule('61 * * * *'), '"61" is no minute'],
  [schedule('0 0 * * *', { timezone: 'Europe/Berln' }), 'no time zone Europe/Berln'],
  [schedule(''), 'a cron expression has 5 fields'],
  [schedule('0 0 31 2 *'), 'never fire'],
  [{ type: 'ScheduleOnDates', dates: ['2020-01-01'] }, 'no date to come'],
  [{ type: 'ScheduleOnDates', dates: ['soon'] }, 'soon is no date'],
])('%j: %s', (trigger, problem) => {
  expect(previewDates(trigger, new Date('2026-01-01'))?.problem).toContain(problem)
})

it('has nothing to say of other triggers, and says that conditions have a word', () => {
  expect(previewDates({ type: 'io.kestra.plugin.core.trigger.Webhook' }, new Date())).toBeUndefined()
  expect(previewDates(schedule('* * * * *', { when: '{{ true }}' }), new Date())?.hasConditions).toBe(true)
})
