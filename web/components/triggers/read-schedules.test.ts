import { expect, test } from 'vitest'
import { readSchedules } from './read-schedules'

const now = new Date('2026-01-01T00:00:00Z')
const schedule = (id: string, more = '') =>
  `  - id: ${id}\n    type: io.kestra.plugin.core.trigger.Schedule\n    cron: 0 6 * * *\n${more}`

test.each<[name: string, source: string, ids: string[] | undefined]>([
  ['no triggers', 'id: a', []],
  ['two', `triggers:\n${schedule('a')}${schedule('b')}`, ['a', 'b']],
  ['a disabled one', `triggers:\n${schedule('a', '    disabled: true\n')}`, []],
  ['another kind', 'triggers:\n  - id: hook\n    type: io.kestra.plugin.core.trigger.Webhook\n', []],
  ['one without an id', 'triggers:\n  - type: io.kestra.plugin.core.trigger.Schedule\n', ['trigger 1']],
  ['several flows', `triggers:\n${schedule('a')}---\ntriggers:\n${schedule('b')}`, ['a', 'b']],
  ['half a line', 'triggers:\n  - id: "a', undefined],
  ['nothing', '', []],
])('%s', (_name, source, ids) => expect(readSchedules(source, now)?.map(({ id }) => id)).toEqual(ids))
