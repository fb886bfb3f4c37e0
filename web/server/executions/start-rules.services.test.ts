/** What a flow says of its executions before they begin: checks, quotas, and whether it is disabled. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createFlow } from '../flows/create-flow'
import { ask, helloFlow, openWebKit, type WebKit } from '../testing/web-kit'
import type { Execution } from './execution'

let kit: WebKit
beforeAll(async () => {
  kit = await openWebKit()
})
afterAll(() => kit.close())

const start = (flowId: string, inputs: object = {}) =>
  ask(`/acme/executions/company.team/${flowId}`, kit.ownerToken, {
    method: 'POST',
    body: JSON.stringify({ inputs }),
    headers: { 'content-type': 'application/json' },
  })
const logOf = async ({ id }: Pick<Execution, 'id'>) =>
  ((await (await ask(`/acme/logs/${id}`, kit.ownerToken)).json()) as { level: string; message: string }[]).map(
    ({ level, message }) => `${level} ${message}`,
  )

describe('checks', () => {
  const input = 'inputs:\n  - {id: count, type: INT}\nchecks:\n'
  const few = `  - {condition: "{{ inputs.count > 1 }}", message: Too few}\n`
  const many = `  - {when: "{{ inputs.count < 9 }}", message: Too many, style: WARNING}\n`

  test('block with all their messages, and create nothing', async () => {
    await createFlow(kit.scope, helloFlow('blocks', `${input}${few}${many}`))
    expect((await start('blocks', { count: 2 })).status).toBe(200)
    const refused = await start('blocks', { count: 1 })
    expect(refused.status).toBe(422)
    expect(await refused.json()).toMatchObject({
      message: 'Too few',
      _embedded: { errors: [{ message: 'Too few', path: 'checks', code: 'CHECK_INFO' }] },
    })
    expect(await (await start('blocks', { count: 9 })).json()).toMatchObject({ message: 'Too many' })
    const { db, tenantId } = kit.scope
    expect(await db.execution.count({ where: { tenantId, flowId: 'blocks' } })).toBe(1)
  })

  test('that can not be evaluated block', async () => {
    await createFlow(kit.scope, helloFlow('broken', `checks:\n  - {condition: "{{ vars.nothing }}", message: x}\n`))
    const refused = await start('broken')
    expect(refused.status).toBe(422)
    expect((await refused.json()).message).toContain('nothing')
  })

  test.each([
    ['text that is not true', "{{ 'yes' }}"],
    ['a number', '{{ 1 }}'],
    ['no template', 'on'],
  ])('hold for true alone: %s does not', async (name, condition) => {
    const id = `truth_${name.replaceAll(' ', '_')}`
    await createFlow(kit.scope, helloFlow(id, `checks:\n  - {condition: "${condition}", message: no}\n`))
    expect((await start(id)).status).toBe(422)
  })

  test('make an execution that is FAILED, or only tell', async () => {
    const check = (behavior: string) =>
      `checks:\n  - {condition: "{{ 1 > 2 }}", message: Never, behavior: ${behavior}}\n`
    await createFlow(kit.scope, helloFlow('fails', check('FAIL_EXECUTION')))
    await createFlow(kit.scope, helloFlow('tells', check('CREATE_EXECUTION')))
    const failed: Execution = await (await start('fails')).json()
    expect(failed.state.current).toBe('FAILED')
    expect(failed.state.histories.map(({ state }) => state)).toEqual(['CREATED', 'FAILED'])
    expect(failed.taskRunList).toEqual([])
    expect(await logOf(failed)).toEqual(['ERROR Never'])
    const told: Execution = await (await start('tells')).json()
    expect(told.state.current).toBe('SUCCESS')
  })
})

describe('quotas', () => {
  const quota = (behavior: string) => `quotas:\n  - {duration: P36500D, limit: 2, behavior: ${behavior}}\n`

  test.each([
    ['FAIL', 'FAILED', 'ERROR'],
    ['CANCEL', 'CANCELLED', 'WARN'],
  ])('%s what is one too many, however many come at once', async (behavior, state, level) => {
    const id = `quota_${state.toLowerCase()}`
    await createFlow(kit.scope, helloFlow(id, quota(behavior)))
    const executions: Execution[] = await Promise.all(Array.from({ length: 6 }, async () => (await start(id)).json()))
    const states = executions.map(execution => execution.state.current)
    expect(states.toSorted()).toEqual([...Array(4).fill(state), 'SUCCESS', 'SUCCESS'].toSorted())
    const refused = executions.find(execution => execution.state.current === state)!
    expect(refused.taskRunList).toEqual([])
    expect(await logOf(refused)).toEqual([`${level} The quota of the flow is used up: 2 executions in PT876000H`])
  })

  test('count replays, too', async () => {
    await createFlow(kit.scope, helloFlow('quota_replay', quota('FAIL')))
    const first: Execution = await (await start('quota_replay')).json()
    const replay = async () =>
      (await (await ask(`/acme/executions/${first.id}/replay`, kit.ownerToken, { method: 'POST' })).json()) as Execution
    expect([(await replay()).state.current, (await replay()).state.current]).toEqual(['SUCCESS', 'FAILED'])
  })

  test.each([
    ['windows below a minute', '[{duration: PT59S, limit: 1, behavior: FAIL}]', 'at least PT1M'],
    [
      'two of a length',
      '[{duration: P1D, limit: 1, behavior: FAIL}, {duration: PT24H, limit: 2, behavior: FAIL}]',
      'same duration',
    ],
  ])('may not have %s', async (_, quotas, message) => {
    const saved = createFlow(kit.scope, helloFlow('bad_quota', `quotas: ${quotas}\n`))
    await expect(saved).rejects.toThrow(message)
  })
})

test('a disabled flow refuses to start', async () => {
  await createFlow(kit.scope, helloFlow('off', 'disabled: true\n'))
  const refused = await start('off')
  expect(refused.status).toBe(409)
  expect(await refused.json()).toMatchObject({ message: 'The flow company.team.off is disabled' })
})
