import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createSecretBox, readMasterKeys } from '#db/secret-box'
import { createSealedValues } from '#db/secrets/sealed-values'
import { createSecretStore, type SecretStore } from '#db/secrets/secret-store'
import { tenantDb } from '#db/tenant-db'
import type { Json, JsonObject } from '#language/json'
import { toSealed } from '#language/sealed'
import { workflowIdOf } from '#worker/contract'
import { type FreshDatabase, freshDatabase } from '../../test/harness/database'
import { Engine, type RecordedExecution } from '../../test/harness/engine'
import { readAllHistories, readAllRows } from '../../test/harness/everything'
import { testMasterKey } from '../../test/harness/master-key'
import { freshNamespace } from '../../test/harness/namespace'

let database: FreshDatabase
let engine: Engine
let store: SecretStore
const box = createSecretBox(readMasterKeys({ MILLRACE_MASTER_KEY: testMasterKey }), id => tenantDb(id))

const password = `Tr0ub4dor&3"söxe/?`
const token = 'ghp_0123456789abcdefSECRET'
const typed = 'typed-by-a-person-42'

beforeAll(async () => {
  database = await freshDatabase()
  const { address, namespace } = await freshNamespace()
  const { url: databaseUrl, tenantId } = database
  engine = await Engine.start({ databaseUrl, tenantId, temporalAddress: address, namespace })
  store = createSecretStore(box, id => tenantDb(id))
  await store.put({ tenantId, namespace: 'company.team', key: 'PASSWORD', value: password })
  await store.put({ tenantId, namespace: 'company', key: 'TOKEN', value: token })
  await store.put({ tenantId, namespace: 'company', key: 'LOGIN', value: JSON.stringify({ user: 'ada', password }) })
  await store.put({ tenantId, namespace: 'other', key: 'FOREIGN', value: 'foreign' })
})

afterAll(async () => {
  await engine?.stop()
  await database?.drop()
})

const core = 'io.kestra.plugin.core'
const head = (id: string) => `id: ${id}\nnamespace: company.team\n`

function flow(id: string, tasks: Json[], more: { [name: string]: Json } = {}): string {
  return JSON.stringify({ id, namespace: 'company.team', tasks, ...more })
}

const returns = (format: string): Json => ({ id: 'return', type: `${core}.debug.Return`, format })
const logs = (message: string): Json => ({ id: 'log', type: `${core}.log.Log`, message })

const errorsOf = ({ logs }: RecordedExecution) => logs.filter(({ level }) => level === 'ERROR').map(log => log.message)

/** A value that is sealed as the API does it. */
async function sealedFor(flowId: string, value: string) {
  const place = { tenantId: database.tenantId, namespace: 'company.team', flowId }
  return toSealed(await createSealedValues(box).seal(place, value))
}

describe('secret()', () => {
  test.each([
    ['of the namespace', "{{ secret('PASSWORD') }}", '******'],
    ['of a parent', "{{ secret('TOKEN') }}", '******'],
    ['in small letters', "{{ secret('token') }}", '******'],
    ['within a text', "Bearer {{ secret('TOKEN') }}!", 'Bearer ******!'],
    ['a part of one', "{{ secret('LOGIN', subkey='password') }}", '******'],
    ['what is computed of it', "{{ secret('TOKEN') | length }}", String(token.length)],
    ['compared', "{{ secret('LOGIN', subkey='user') == 'ada' }}", 'true'],
    ['in Base64', `{{ 'x:' ~ secret('TOKEN') | base64encode }}`, expect.stringContaining('******')],
    ['of a namespace that is named', "{{ secret('TOKEN', namespace='company') }}", '******'],
  ])('%s', async (name, format, expected) => {
    const execution = await engine.run(flow(`ok-${name.replaceAll(' ', '-')}`, [returns(format), logs(format)]))
    expect(execution.state).toBe('SUCCESS')
    expect(execution.taskRuns[0]?.outputs).toEqual({ value: expected })
    expect(execution.logs.at(-1)?.message).toEqual(expected)
  })

  test.each([
    [
      'is not there',
      "{{ secret('NOWHERE') }}",
      "There is no secret 'NOWHERE' in the namespace company.team, nor in company",
    ],
    [
      'is of a namespace beside',
      "{{ secret('FOREIGN', namespace='other') }}",
      'may use the secrets of company.team, company',
    ],
    ['has no such part', "{{ secret('TOKEN', subkey='x') }}", "is no JSON object with 'x'"],
  ])('one that %s is a failure that says what to do', async (name, format, message) => {
    const execution = await engine.run(flow(`bad-${name.replaceAll(' ', '-')}`, [returns(format)]))
    expect(execution.state).toBe('FAILED')
    expect(errorsOf(execution).join('\n')).toContain(message)
  })

  test('of another tenant is not there', async () => {
    const found = await store.find(database.otherTenantId, ['company'], 'TOKEN')
    expect(found).toBeNull()
  })
})

const script = `import os, base64, urllib.parse, json, sys
p = os.environ["P"]
print(p); print(p[::-1]); print(p.encode().hex()); print(urllib.parse.quote(p))
print(base64.b64encode(p.encode()).decode()); print(base64.b64encode(("user:" + p).encode()).decode())
print(json.dumps({"password": p}))
for c in p: print(c)
print("::" + json.dumps({"outputs": {"plain": p, "nested": {p: [p]}}, "metrics": [{"name": "m", "type": "counter", "value": 1, "tags": {"t": p}}]}) + "::")
print(p, file=sys.stderr)
sys.exit(3)`

describe('nowhere to be read', () => {
  test('what a script, a failure, a subflow and inputs do with it', async () => {
    await engine.saveFlow(`${head('child')}inputs:
  - {id: pass, type: SECRET}
  - {id: text, type: STRING, defaults: "{{ secret('TOKEN') }}"}
tasks:
  - {id: check, type: ${core}.debug.Return, format: "{{ inputs.pass | length }} {{ inputs.text | length }}"}
  - {id: show, type: ${core}.log.Log, message: "{{ inputs.pass }} {{ inputs.text }}"}
outputs:
  - {id: out, type: STRING, value: "{{ inputs.pass }}"}
`)
    const source = flow(
      'everywhere',
      [
        {
          id: 'python',
          type: 'io.kestra.plugin.scripts.python.Script',
          taskRunner: { type: `${core}.runner.Process` },
          env: { P: "{{ secret('PASSWORD') }}" },
          script,
          allowFailure: true,
        },
        { id: 'set', type: `${core}.execution.SetVariables`, variables: { kept: "{{ secret('TOKEN') }}" } },
        { id: 'label', type: `${core}.execution.Labels`, labels: { kept: "{{ secret('TOKEN') }}" } },
        { id: 'kv', type: `${core}.kv.Set`, key: 'k', value: "{{ secret('TOKEN') }}", allowFailure: true },
        {
          id: 'http',
          type: `${core}.http.Request`,
          uri: "http://localhost:1/{{ secret('TOKEN') }}",
          allowFailure: true,
        },
        {
          id: 'each',
          type: `${core}.flow.ForEach`,
          values: ["{{ secret('TOKEN') }}"],
          tasks: [{ id: 'in', type: `${core}.log.Log`, message: '{{ taskrun.value }}' }],
        },
        {
          id: 'sub',
          type: `${core}.flow.Subflow`,
          namespace: 'company.team',
          flowId: 'child',
          inputs: { pass: '{{ inputs.typed }}', text: "x{{ secret('PASSWORD') }}" },
        },
        returns('{{ outputs.sub.outputs.out }} {{ inputs.typed }} {{ inputs }}'),
        {
          id: 'equal',
          type: `${core}.log.Log`,
          runIf: `{{ inputs.typed == '${typed.slice(0, 5)}' ~ '${typed.slice(5)}' }}`,
          message: 'equal',
        },
        { id: 'fail', type: `${core}.execution.Fail`, errorMessage: "no {{ secret('TOKEN') }} here" },
      ],
      {
        inputs: [{ id: 'typed', type: 'SECRET' }],
        outputs: [{ id: 'o', type: 'STRING', value: "{{ secret('TOKEN') }}" }],
      },
    )
    const execution = await engine.run(source, { inputs: { typed: await sealedFor('everywhere', typed) } })
    expect(execution.logs.map(({ message }) => message)).toContain('equal')
    const child = (execution.taskRuns.find(({ taskId }) => taskId === 'sub')?.outputs ?? {}) as {
      executionId: string
      outputs: Json
    }
    expect(child.outputs).toEqual({ out: '******' })
    const childRecord = await engine.read(child.executionId)
    expect(childRecord.taskRuns[0]?.outputs).toEqual({ value: `${typed.length} ${password.length + 1}` })
    expect(childRecord.logs.at(-1)?.message).toBe('****** ******')
    expect(errorsOf(execution).join('\n')).toContain('no ****** here')
    expect(errorsOf(execution).join('\n')).toContain('its value holds a secret')

    const ids = [execution.id, child.executionId].map(id => workflowIdOf(database.tenantId, id))
    const places = { rows: await readAllRows(database.url), histories: await readAllHistories(engine.client, ids) }
    for (const [place, text] of Object.entries(places)) {
      expect(text).toContain('everywhere')
      for (const [name, spelled] of spellings()) expect(text.includes(spelled), `${name} in ${place}`).toBe(false)
    }
    expect(JSON.stringify(childRecord.logs)).not.toContain(typed)
  })
})

describe('SECRET inputs of a Pause', () => {
  const source = flow('waits', [
    { id: 'wait', type: `${core}.flow.Pause`, onResume: [{ id: 'pass', type: 'SECRET', validator: '[a-z0-9-]+' }] },
    returns('{{ outputs.wait.onResume.pass | length }} {{ outputs.wait.onResume.pass }}'),
  ])

  test('are checked and sealed again by the worker, and opened by later tasks', async () => {
    const id = await engine.startExecution(source)
    await engine.waitForState(id, 'PAUSED')
    const resume = (inputs: JsonObject) => engine.handle(id).executeUpdate('resume', { args: [{ inputs }] })
    await expect(resume({ pass: await sealedFor('waits', 'NOT VALID') })).rejects.toMatchObject({
      cause: { message: expect.not.stringContaining('NOT VALID') },
    })
    await resume({ pass: await sealedFor('waits', typed) })
    await engine.result(id)
    const execution = await engine.read(id)
    expect(execution.taskRuns[1]?.outputs).toEqual({ value: `${typed.length} ******` })
    const histories = await readAllHistories(engine.client, [workflowIdOf(database.tenantId, id)])
    expect(histories).toContain('aes_encrypted')
    expect(histories).not.toContain(typed)
  })

  test('sealed for another flow are refused', async () => {
    const id = await engine.startExecution(source)
    await engine.waitForState(id, 'PAUSED')
    const inputs = { pass: await sealedFor('another', typed) }
    await expect(engine.handle(id).executeUpdate('resume', { args: [{ inputs }] })).rejects.toMatchObject({
      cause: { message: expect.stringContaining('belongs to another place') },
    })
    await engine.handle(id).signal('kill')
    await engine.result(id)
  })
})

describe('a WorkingDirectory', () => {
  test('hides in each task what another one wrote into the folder', async () => {
    const execution = await engine.run(
      flow('shared', [
        {
          id: 'dir',
          type: `${core}.flow.WorkingDirectory`,
          inputFiles: { 'a.env': "P={{ secret('TOKEN') }}" },
          tasks: [
            {
              id: 'cat',
              type: 'io.kestra.plugin.scripts.shell.Commands',
              taskRunner: { type: `${core}.runner.Process` },
              commands: ['cat a.env'],
            },
          ],
        },
      ]),
    )
    expect(execution.logs.map(({ message }) => message)).toContain('P=******')
    expect(JSON.stringify(execution)).not.toContain(token)
  })
})

function spellings(): [string, string][] {
  return [password, token, typed].flatMap((value): [string, string][] => {
    const json = JSON.stringify(value).slice(1, -1)
    return [
      ['plain', value],
      ['reversed', [...value].reverse().join('')],
      ['hex', Buffer.from(value).toString('hex')],
      ['JSON', json],
      ['JSON in JSON', JSON.stringify(json).slice(1, -1)],
      ['URL', encodeURIComponent(value)],
      ...[0, 1, 2].map((offset): [string, string] => {
        const text = Buffer.concat([Buffer.alloc(offset), Buffer.from(value)]).toString('base64')
        return [`Base64 at ${offset}`, text.slice(4, -4)]
      }),
    ]
  })
}
