import { expect, test } from 'vitest'
import { catalog } from '#catalog/manifests'
import { nextPoll, pollDates } from './poll-dates'

const row = (triggerId: string, definition: object) => ({
  tenantId: 'acme',
  namespace: 'company.team',
  flowId: 'shop',
  triggerId,
  type: 'io.kestra.plugin.core.http.Trigger',
  definition: definition as never,
})

test('triggers of one interval are spread over it', () => {
  const all = Array.from({ length: 200 }, (_, index) => pollDates({ catalog }, row(`t${index}`, {}))!)
  expect(all.every(({ everyMs, offsetMs }) => everyMs === 60_000 && offsetMs >= 0 && offsetMs < everyMs)).toBe(true)
  expect(new Set(all.map(({ offsetMs }) => offsetMs)).size).toBeGreaterThan(40)
})

test.each<[interval: string, everyMs: number | undefined]>([
  ['PT1S', 1000],
  ['PT5M', 300_000],
  ['P1D', 86_400_000],
  ['{{ vars.x }}', undefined],
])('%s', (interval, everyMs) => expect(pollDates({ catalog }, row('t', { interval }))?.everyMs).toBe(everyMs))

test.each([
  [{ everyMs: 60_000, offsetMs: 7000 }, '2030-01-01T10:00:00Z', '2030-01-01T10:00:07.000Z'],
  [{ everyMs: 60_000, offsetMs: 7000 }, '2030-01-01T10:00:07Z', '2030-01-01T10:01:07.000Z'],
  [{ everyMs: 1000, offsetMs: 0 }, '2030-01-01T10:00:07.500Z', '2030-01-01T10:00:08.000Z'],
])('%j after %s', (dates, now, next) => expect(nextPoll(dates, new Date(now)).toISOString()).toBe(next))
