import { expect, it } from 'vitest'
import { catalog } from '#catalog/manifests'
import { parseFlow } from '../parse'

const core = 'io.kestra.plugin.core'
const tasks = [{ id: 'a', type: `${core}.debug.Return` }]

function onEndOf(id: string, preconditions: string) {
  const flows = [{ namespace: 'company', flowId: 'other' }]
  return { id, type: `${core}.trigger.Flow`, preconditions: { id: preconditions, flows } }
}

it.each([
  ['of their own', [onEndOf('one', 'x'), onEndOf('two', 'y')], []],
  ['of one name', [onEndOf('one', 'x'), onEndOf('two', 'x')], ['DUPLICATE_ID triggers.1.preconditions.id']],
])('preconditions of two triggers, %s', (_, triggers, expected) => {
  const { diagnostics } = parseFlow(JSON.stringify({ id: 'test', namespace: 'company', tasks, triggers }), catalog)
  const errors = diagnostics.filter(({ severity }) => severity === 'error')
  expect(errors.map(({ code, path }) => `${code} ${path.join('.')}`)).toEqual(expected)
})
