import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout as delay } from 'node:timers/promises'
import { CreateBucketCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createStorage } from '#db/storage'
import { buildWorker } from '#infra/local/build'
import { startWorker } from '#infra/local/worker'
import type { Scope } from '#web/server/access/tenant-scope'
import { sweepUnstarted } from '#web/server/executions/sweep-unstarted'
import { createFlow } from '#web/server/flows/create-flow'
import { closeTemporal } from '#web/server/temporal'
import { scopeOf } from '#web/server/testing/owner-scope'
import { type Moto, startMoto } from '../harness/moto'
import { type ObjectProxy, startObjectProxy } from '../harness/object-proxy'
import { type SftpServer, startSftp } from '../harness/sftp'
import { startTestStack, type TestStack } from '../harness/stack'

const moto = await startMoto()
const sftp = await startSftp()
const namespace = 'company.team'
/** So many files come to each place at once; no portion before the one before it is through. */
/** FAULT_ALL=1: the whole load; a run of all tests takes less of it. */
const portion = process.env.FAULT_ALL === '1' ? 40 : 12
const portions = 5

let folder: string
let proxy: ObjectProxy
let client: S3Client
let stack: TestStack
let scope: Scope
let sweeping: NodeJS.Timeout

beforeAll(async () => {
  if (moto === null || sftp === null) return
  folder = await mkdtemp(join(tmpdir(), 'millrace-watched-'))
  proxy = await startObjectProxy(moto.endpoint)
  client = await openBucket(moto)
  await Promise.all(['in', 'archive'].map(name => mkdir(join(sftp.folder, name))))
  stack = await startTestStack({ env: { MILLRACE_LOCAL_FOLDERS: folder } })
  Object.assign(process.env, stack.env)
  const { id, slug } = stack.tenant
  scope = scopeOf({ tenantId: id, tenant: slug, userId: stack.userId })
  // What a worker had written and not begun is begun by the web app's sweep, which is not here.
  sweeping = setInterval(() => void sweepUnstarted(new Date(Date.now() - 2000)).catch(() => {}), 1000)
})

afterAll(async () => {
  clearInterval(sweeping)
  await closeTemporal()
  await stack?.stop()
  await proxy?.stop()
  client?.destroy()
  await Promise.all([moto?.stop(), sftp?.stop(), folder && rm(folder, { recursive: true, force: true })])
})

async function openBucket({ endpoint }: Moto): Promise<S3Client> {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' }
  const opened = new S3Client({ endpoint, region: 'us-east-1', forcePathStyle: true, credentials })
  await opened.send(new CreateBucketCommand({ Bucket: 'watched' }))
  return opened
}

/** A flow for each place, whose trigger takes files away, moves them, or leaves them. */
const flow = (id: string, trigger: object) => `id: ${id}
namespace: ${namespace}
tasks:
  - {id: done, type: io.kestra.plugin.core.debug.Return, format: "{{ execution.id }}"}
triggers:
  - ${JSON.stringify({ id: 'watch', interval: 'PT1S', ...trigger })}
`

const triggers = ({ host, port, username, keyfile }: SftpServer): Record<string, object> => ({
  'from-s3': {
    type: 'io.kestra.plugin.aws.s3.Trigger',
    accessKeyId: 'test',
    secretKeyId: 'test',
    endpointOverride: proxy.endpoint,
    bucket: 'watched',
    action: 'DELETE',
  },
  'from-sftp': {
    type: 'io.kestra.plugin.fs.sftp.Trigger',
    ...{ host, port, username, keyfile },
    from: '/in',
    action: 'MOVE',
    moveDirectory: '/archive',
  },
  'from-folder': { type: 'io.kestra.plugin.fs.local.Trigger', from: folder },
})
const flowIds = ['from-s3', 'from-sftp', 'from-folder']

/** When the worker is killed, a time for each portion. */
const moments: [name: string, struck: (kill: () => void) => Promise<void>][] = [
  ['objects fetched, nothing kept', kill => atRequest({ method: 'GET', nth: 10, when: 'after' }, kill)],
  ['execution kept, nothing deleted', kill => atRequest({ method: 'DELETE', nth: 1, when: 'before' }, kill)],
  [
    'all deleted, nobody told, nothing begun',
    kill => atRequest({ method: 'DELETE', nth: portion, when: 'after' }, kill),
  ],
  ['a quarter of the files moved', async kill => until(await moved(portion / 4), kill)],
  ['files of the folder read, nothing kept', async kill => until(await isReadOf('from-folder'), kill)],
]

test.skipIf(moto === null || sftp === null)(
  'each file starts one execution, whenever the worker is killed',
  async () => {
    for (const [id, trigger] of Object.entries(triggers(sftp as SftpServer))) await createFlow(scope, flow(id, trigger))
    for (const [index, [name, struck]] of moments.entries()) {
      const killed = struck(() => process.kill(stack.worker.pid, 'SIGKILL'))
      const names = namesOf(index)
      await Promise.all(names.map(putEverywhere))
      await expect(killed, name).resolves.toBeUndefined()
      await stack.worker.exited
      stack.worker = await startWorker({ env: stack.env, log: () => {}, bundle: await buildWorker(() => {}) })
      await expect.poll(() => lacking(portion * (index + 1)), { timeout: 180_000, interval: 250 }).toEqual([])
    }
    await expect.poll(leftInPlaces, { timeout: 60_000 }).toEqual({ bucket: 0, in: 0, archive: portion * portions })
    await twoMoreLooks()
    for (const flowId of flowIds) await expectEachOnce(flowId)
    expect(await readdir(folder)).toHaveLength(portion * portions)
  },
  900_000,
)

const namesOf = (index: number) =>
  Array.from({ length: portion }, (_, number) => `file-${index * portion + number}.txt`)
const contentOf = (name: string) => `content of ${name}`

async function putEverywhere(name: string): Promise<void> {
  const content = Buffer.from(contentOf(name))
  await Promise.all([
    client.send(new PutObjectCommand({ Bucket: 'watched', Key: name, Body: content })),
    writeFile(join(sftp?.folder ?? '', 'in', name), content),
    writeFile(join(folder, name), content),
  ])
}

function atRequest(
  at: { method: 'GET' | 'DELETE'; nth: number; when: 'before' | 'after' },
  kill: () => void,
): Promise<void> {
  return new Promise(resolve => {
    const act = () => {
      kill()
      resolve()
    }
    proxy.arm({ ...at, act })
  })
}

async function until(isReached: () => Promise<boolean>, kill: () => void): Promise<void> {
  while (!(await isReached())) await delay(2)
  kill()
}

const archived = async () => (await readdir(join(sftp?.folder ?? '', 'archive'))).length

/** Whether so many files more were moved since now. */
async function moved(count: number): Promise<() => Promise<boolean>> {
  const before = await archived()
  return async () => (await archived()) >= before + count
}

/** Whether a flow's trigger has kept files for another execution since now, which is there soon, or already. */
async function isReadOf(flowId: string): Promise<() => Promise<boolean>> {
  const executions = join(stack.storageDir, stack.tenant.id, 'company/team', flowId, 'executions')
  const kept = async () => (await readdir(executions).catch(() => [])).length
  const before = await kept()
  return async () => (await kept()) > before
}

type Taken = { executionId: string; state: string; name: string; uri: string }

/** What the executions of a flow were started with. */
async function taken(flowId: string): Promise<Taken[]> {
  const executions = await scope.db.execution.findMany({ where: { flowId } })
  return executions.flatMap(({ id: executionId, state, trigger }) => {
    const { variables } = trigger as { variables: Record<string, Record<string, string>[]> }
    return (variables.objects ?? variables.files ?? []).map(file => ({
      executionId,
      state,
      name: file.key ?? file.name ?? '',
      uri: (flowId === 'from-sftp' ? file.path : file.uri) ?? '',
    }))
  })
}

/** Flows that have not yet run with so many files. */
async function lacking(count: number): Promise<string[]> {
  const all = await Promise.all(flowIds.map(async flowId => ({ flowId, files: await taken(flowId) })))
  const ended = (files: Taken[]) => files.filter(({ state }) => state === 'SUCCESS').length
  const late = all.filter(({ files }) => ended(files) < count)
  const rows = late.length === 0 ? [] : await scope.db.trigger.findMany({ select: { flowId: true, error: true } })
  const errorOf = (flowId: string) => rows.find(row => row.flowId === flowId)?.error ?? 'no error'
  return late.map(({ flowId, files }) => `${flowId}: ${ended(files)} of ${files.length}, ${errorOf(flowId)}`)
}

async function leftInPlaces() {
  const { KeyCount } = await client.send(new ListObjectsV2Command({ Bucket: 'watched' }))
  return { bucket: KeyCount, in: (await readdir(join(sftp?.folder ?? '', 'in'))).length, archive: await archived() }
}

/** Whatever would be found twice is found now. */
async function twoMoreLooks(): Promise<void> {
  for (let look = 0; look < 2; look++) {
    const since = new Date()
    const looked = () => scope.db.trigger.count({ where: { evaluatedAt: { gt: since } } })
    await expect.poll(looked, { timeout: 60_000 }).toBe(flowIds.length)
  }
}

async function expectEachOnce(flowId: string): Promise<void> {
  const files = await taken(flowId)
  const expected = Array.from({ length: portions }, (_, index) => namesOf(index)).flat()
  expect(files.map(({ name }) => name).sort(), flowId).toEqual(expected.sort())
  expect(new Set(files.map(({ state }) => state))).toEqual(new Set(['SUCCESS']))
  const storage = createStorage(stack.env.STORAGE_URL ?? '')
  for (const { name, uri } of files) {
    const stored = await storage.open(stack.tenant.id, decodeURIComponent(uri.replace('kestra:///', '')))
    expect(await text(stored)).toBe(contentOf(name))
  }
}
