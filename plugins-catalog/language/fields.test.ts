import { describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { cronProblem } from './cron'
import { durationMs, formatDuration, isTimeZone, parseDuration } from './durations'
import { anyObject, bool, content, duration, float, int, list, map, oneOf, text, timeZone } from './fields'
import { nearest } from './nearest'

describe('fields take what rendering makes of a value', () => {
  it.each<[name: string, schema: z.ZodType, given: unknown, value: unknown]>([
    ['text', text(), 5, '5'],
    ['text', text(), true, 'true'],
    ['content', content(), { a: [1, 'b'] }, '{"a":[1,"b"]}'],
    ['content', content(), 5, '5'],
    ['int', int(), '5', 5],
    ['float', float(), '0.5', 0.5],
    ['bool', bool(), 'True', true],
    ['duration', duration(), 'PT5S', 'PT5S'],
    ['duration', duration(), 1.5, 'PT1.5S'],
    ['list', list(int()), '["1", 2]', [1, 2]],
    ['map', map(text()), '{"a": 1}', { a: '1' }],
    ['object', anyObject(), { a: [1] }, { a: [1] }],
    ['word', oneOf(['INFO', 'WARN']), 'warn', 'WARN'],
    ['zone', timeZone(), 'Europe/Berlin', 'Europe/Berlin'],
  ])('%s', (_, schema, given, value) => expect(schema.parse(given)).toEqual(value))

  it.each<[name: string, schema: z.ZodType, given: unknown]>([
    ['text', text(), ['a']],
    ['int', int(), '5.5'],
    ['int', int(), ''],
    ['bool', bool(), 'yes'],
    ['duration', duration(), 'P1M'],
    ['duration', duration(), 'PT'],
    ['list', list(int()), 'a'],
    ['word', oneOf(['INFO']), 'LOUD'],
    ['zone', timeZone(), 'Mars/Base'],
  ])('%s refuses %j', (_, schema, given) => expect(schema.safeParse(given).success).toBe(false))
})

describe('durations', () => {
  it.each<[text: string | number, ms: number | null]>([
    ['PT1M30S', 90_000],
    ['P1D', 86_400_000],
    ['P1DT1H', 90_000_000],
    ['P2W', 1_209_600_000],
    ['pt0.5s', 500],
    ['-PT1S', -1000],
    ['PT-1S', -1000],
    [1.5, 1500],
    ['1.0', 1000],
    ['P', null],
    ['PT', null],
    ['P1Y', null],
    ['1 day', null],
    ['', null],
  ])('%j -> %j', (text, ms) => expect(parseDuration(text)).toBe(ms))

  it.each([0, 500, 90_000, 86_400_000, -1500])('%i comes back', ms => expect(durationMs(formatDuration(ms))).toBe(ms))

  it('knows time zones', () => expect([isTimeZone('UTC'), isTimeZone('Nowhere')]).toEqual([true, false]))
})

describe('cron', () => {
  it.each(['* * * * *', '*/5 0-6 1,15 JAN-MAR MON', '0 6 * * 7', '@daily', '0 0 L * ?', '0 0 * * 5#2'])('%s', cron =>
    expect(cronProblem(cron)).toBeNull(),
  )
  it.each([
    '',
    '* * * *',
    '60 * * * *',
    '* 24 * * *',
    '* * 0 * *',
    '* * * 13 *',
    '* * * * 8',
    '*/0 * * * *',
    '@sometimes',
    'a * * * *',
    '0 0 31 2 *',
    '0 0 30 2 *',
  ])('not %j', cron => expect(cronProblem(cron)).not.toBeNull())
  it('has six fields with seconds', () => expect(cronProblem('0 * * * * *', { withSeconds: true })).toBeNull())
})

it('finds the nearest words', () => {
  expect(nearest('mesage', ['message', 'level', 'massage'])).toEqual(['message', 'massage'])
  expect(nearest('frist', ['first', 'last'])).toEqual(['first'])
  expect(nearest('xyz', ['message'])).toEqual([])
})
