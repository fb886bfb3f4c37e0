/** How long a quiet tenant's task waits for its worker while a loud tenant has hundreds in the queue. */
import { setTimeout as delay } from 'node:timers/promises'
import { Connection } from '@temporalio/client'
import { createDatabase } from '#db/client'
import { createToken } from '#db/credentials'
import { giveSeat } from '#db/seats'
import { taskQueue } from '#worker/contract'
import { type Api, connectApi } from './api'
import { summarise } from './measure'
import type { Row } from './report'
import type { BenchStack } from './stack'

const namespace = 'fairness'
/** Executions of the loud tenant, each with so many tasks at once. */
const [loudRuns, tasksOfEach] = [4, 300]
/** So many wait while the quiet tenant's tasks are timed. */
const queued = 500
const samples = 15

const shell = (command: string) => `type: io.kestra.plugin.scripts.shell.Commands
taskRunner: {type: io.kestra.plugin.core.runner.Process}
commands: ["${command}"]`

const indent = (text: string, by: number) => text.replaceAll('\n', `\n${' '.repeat(by)}`)

const quietFlow = `id: quiet
namespace: ${namespace}
tasks:
  - id: work
    ${indent(shell('true'), 4)}
`

/** Of different lengths, so that places become free all the time and not in waves. */
const loudFlow = `id: loud
namespace: ${namespace}
tasks:
  - id: each
    type: io.kestra.plugin.core.flow.ForEach
    values: "{{ range(1, ${tasksOfEach}) }}"
    concurrencyLimit: 0
    tasks:
      - id: work
        ${indent(shell('sleep 1.{{ taskrun.iteration % 10 }}'), 8)}
`

type Run = { id: string; state: { histories: Change[] }; taskRunList: { state: { histories: Change[] } }[] }
type Change = { state: string; date: string }

export async function fairnessRows(stack: BenchStack): Promise<Row[]> {
  const loud = connectApi({ ...stack, namespace })
  const quiet = connectApi({ ...stack, ...(await addTenant(stack.databaseUrl, 'quiet')), namespace })
  await loud.saveFlow(loudFlow)
  await quiet.saveFlow(quietFlow)
  const connection = await Connection.connect({ address: stack.temporalAddress })
  try {
    const idle = await timeStarts(quiet, async () => true)
    const ended = Promise.all(Array.from({ length: loudRuns }, () => loud.run('loud')))
    while ((await backlogOf(connection)) < queued) await delay(100)
    const loaded = await timeStarts(quiet, async () => (await backlogOf(connection)) >= queued)
    await ended
    const baseline = { what: 'with nothing else in the queue', value: idle.medianMs }
    const what = `${queued} tasks of another tenant queued: one task begins after, median`
    return [{ group: 'fairness', what, unit: 'ms', value: loaded.medianMs, baseline }]
  } finally {
    await connection.close()
  }
}

/** How many tasks wait for a worker. */
async function backlogOf({ workflowService }: Connection): Promise<number> {
  const queue = { namespace: 'default', taskQueue: { name: taskQueue }, taskQueueType: 2, reportStats: true }
  const { stats } = await workflowService.describeTaskQueue(queue)
  return Number(stats?.approximateBacklogCount ?? 0)
}

/** From the creation of each execution to the start of its only task, as recorded; until `goesOn` says no. */
async function timeStarts(api: Api, goesOn: () => Promise<boolean>) {
  const times: number[] = []
  while (times.length < samples && (await goesOn())) {
    const run = (await api.run('quiet')) as unknown as Run
    times.push(dateOf(run.taskRunList[0]?.state.histories, 'RUNNING') - dateOf(run.state.histories, 'CREATED'))
  }
  return summarise(times)
}

function dateOf(histories: Change[] | undefined, state: string): number {
  return Date.parse(histories?.find(change => change.state === state)?.date ?? '')
}

/** Another tenant in the same installation, and a token of its owner. */
async function addTenant(databaseUrl: string, slug: string): Promise<{ tenant: string; token: string }> {
  const db = createDatabase(databaseUrl, { maxConnections: 1 })
  const { token, hash, lastFour } = createToken()
  try {
    await db.$transaction(async tx => {
      const user = await tx.user.create({ data: { email: `${slug}@example.com`, passwordHash: '' } })
      const tenant = await tx.tenant.create({ data: { slug, name: slug, plan: 'SCALE' } })
      const owned = { tenantId: tenant.id, userId: user.id }
      await tx.$executeRaw`select set_config('app.tenant', ${tenant.id}, true)`
      await giveSeat(tx, owned, 'OWNER')
      await tx.apiToken.create({ data: { ...owned, name: 'bench', hash, lastFour } })
    })
  } finally {
    await db.$disconnect()
  }
  return { tenant: slug, token }
}
