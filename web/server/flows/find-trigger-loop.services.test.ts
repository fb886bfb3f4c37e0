import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { tenantDb } from '#db/tenant-db'
import { ask, askYaml, openWebKit, type WebKit } from '../testing/web-kit'
import { createFlow } from './create-flow'
import { updateFlow } from './update-flow'

let kit: WebKit
beforeAll(async () => {
  kit = await openWebKit()
})
afterAll(() => kit.close())

const task = '  - {id: one, type: io.kestra.plugin.core.debug.Return, format: x}\n'
const call = (namespace: string, flowId: string, more = '') =>
  `  - {id: call, type: io.kestra.plugin.core.flow.Subflow, namespace: ${namespace}, flowId: ${flowId}${more}}\n`
const flow = (namespace: string, id: string, trigger = '', tasks = task) =>
  `id: ${id}\nnamespace: ${namespace}\ntasks:\n${tasks}${trigger === '' ? '' : `triggers:\n  - id: follow\n    type: io.kestra.plugin.core.trigger.Flow\n${trigger}`}`

const onEndOf = (namespace: string, flowId: string, more = '') =>
  `    preconditions: {id: p, flows: [{namespace: ${namespace}, flowId: ${flowId}${more}}]}\n`
const condition = (namespace: string, flowId: string, more = '') =>
  `    conditions:\n      - {type: io.kestra.plugin.core.condition.ExecutionFlow, namespace: ${namespace}, flowId: ${flowId}}\n${more}`
const dependsOn = (namespace: string, flowId: string, more = '') =>
  `    dependsOn: [{namespace: ${namespace}, flowId: ${flowId}}]\n${more}`

/** Flows that are saved, in order; the last one is refused, or not. */
type Case = [name: string, flows: (namespace: string) => string[], loop?: string, place?: string]

const cases: Case[] = [
  ['two', n => [flow(n, 'a', onEndOf(n, 'b')), flow(n, 'b', onEndOf(n, 'a'))], 'b -> a -> b', '6:5'],
  [
    'three, said in three ways',
    n => [flow(n, 'a', onEndOf(n, 'c')), flow(n, 'b', condition(n, 'a')), flow(n, 'c', dependsOn(n, 'b'))],
    'c -> a -> b -> c',
    '6:5',
  ],
  ['through a call', n => [flow(n, 'a'), flow(n, 'b', onEndOf(n, 'a'), call(n, 'a'))], 'b -> a -> b', '6:5'],
  [
    'but not where the called one is not what is followed',
    n => [flow(n, 'b', '', call(n, 'a')), flow(n, 'a', onEndOf(n, 'b')), flow(n, 'c')],
  ],
  [
    'through the call of another',
    n => [flow(n, 'b'), flow(n, 'c', onEndOf(n, 'a'), call(n, 'b')), flow(n, 'a', onEndOf(n, 'b'))],
    'a -> c -> b -> a',
  ],
  [
    'nor where a state breaks it',
    n => [flow(n, 'a', onEndOf(n, 'b', ', states: [FAILED]')), flow(n, 'b', onEndOf(n, 'a'))],
  ],
  ['nor labels', n => [flow(n, 'a', onEndOf(n, 'b', ', labels: {x: y}')), flow(n, 'b', onEndOf(n, 'a'))]],
  [
    'nor an expression',
    n => [flow(n, 'a', onEndOf(n, 'b')), flow(n, 'b', `    when: "{{ 1 == 1 }}"\n${onEndOf(n, 'a')}`)],
  ],
  [
    'nor several that must come together',
    n => [
      flow(n, 'a', `    preconditions: {id: p, flows: [{namespace: ${n}, flowId: b}, {namespace: ${n}, flowId: c}]}\n`),
      flow(n, 'b', onEndOf(n, 'a')),
    ],
  ],
  [
    'nor a disabled trigger',
    n => [flow(n, 'a', `    disabled: true\n${onEndOf(n, 'b')}`), flow(n, 'b', onEndOf(n, 'a'))],
  ],
  [
    'nor a call that may not be',
    n => [flow(n, 'b', onEndOf(n, 'a')), flow(n, 'a', '', call(n, 'b', ', runIf: "{{ false }}"'))],
  ],
  ['nor two that follow one', n => [flow(n, 'a'), flow(n, 'b', onEndOf(n, 'a')), flow(n, 'c', onEndOf(n, 'a'))]],
]

describe('flows that start each other', () => {
  test.each(cases.map(([name, flows, loop, place], index) => ({ name, flows, loop, place, index })))(
    '$name',
    async ({ flows, loop, place, index }) => {
      const namespace = `loops${index}`
      const texts = flows(namespace)
      for (const text of texts.slice(0, -1)) await createFlow(kit.scope, text)
      const saved = createFlow(kit.scope, texts.at(-1)!)
      if (loop === undefined) return expect(await saved).toMatchObject({ revision: 1 })
      const names = loop.replace(/\w+/g, id => `${namespace}.${id}`)
      const refused = await saved.catch((error: Error) => error.message)
      expect(refused).toContain(`the flows start each other without end: ${names}`)
      if (place !== undefined) expect(refused).toContain(`(line ${place.replace(':', ', column ')})`)
    },
  )

  test('a loop is told when a flow is only checked, and when it is changed', async () => {
    const namespace = 'checked'
    await createFlow(kit.scope, flow(namespace, 'a', onEndOf(namespace, 'b')))
    const first = await createFlow(kit.scope, flow(namespace, 'b'))
    const looping = flow(namespace, 'b', onEndOf(namespace, 'a'))
    const checked = await askYaml('/acme/flows/validate', kit.ownerToken, 'POST', looping)
    expect(await checked.json()).toMatchObject([{ constraints: expect.stringContaining('6:5 error CYCLE') }])
    await expect(updateFlow(kit.scope, { namespace, id: 'b', source: looping })).rejects.toThrow(
      'checked.b -> checked.a',
    )
    expect((await ask(`/acme/flows/${namespace}/b`, kit.ownerToken).then(answer => answer.json())).revision).toBe(
      first.revision,
    )
  })

  test('those of another tenant are none of it', async () => {
    const namespace = 'apart'
    await createFlow(kit.scope, flow(namespace, 'a', onEndOf(namespace, 'b')))
    const other = { ...kit.scope, db: tenantDb(kit.otherTenantId), tenantId: kit.otherTenantId, tenant: 'other' }
    expect(await createFlow(other, flow(namespace, 'b', onEndOf(namespace, 'a')))).toMatchObject({ revision: 1 })
  })
})
