import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client, Connection, type WorkflowHandle } from '@temporalio/client'
import { catalog } from '#catalog/manifests'
import { listen } from '#db/listen'
import { type ScopedDb, tenantDb } from '#db/tenant-db'
import { Env } from '#infra/env'
import { buildWorkflows } from '#infra/local/build'
import { compile } from '#language/compile'
import { formatDiagnostic } from '#language/diagnostics'
import type { Json, JsonObject } from '#language/json'
import { parseFlow } from '#language/parse'
import type { Plan } from '#language/plan'
import {
  type ExecuteFlowInput,
  type ExecuteFlowResult,
  executeFlowName,
  executionChannel,
  flowQueue,
  type ResumeFrom,
  workflowIdOf,
} from '#worker/contract'
import { startWorker, type WorkerEnv } from '#worker/start-worker'
import { testMasterKey } from './master-key'

export type EngineOptions = {
  databaseUrl: string
  temporalAddress: string
  namespace: string
  tenantId: string
  /** What its operator has set otherwise. */
  env?: Partial<WorkerEnv>
}

export type StartOptions = {
  inputs?: JsonObject
  labels?: { key: string; value: string }[]
  resumeFrom?: ResumeFrom
  executionId?: string
  /** A low limit makes the workflow continue as new again and again. */
  continueLimits?: NonNullable<ExecuteFlowInput['continueLimits']>
}

export type RecordedTaskRun = {
  id: string
  taskId: string
  parentId: string | null
  value: string | null
  iteration: number | null
  state: string
  states: string[]
  attempts: string[][]
  outputs: Json
}

export type RecordedExecution = {
  id: string
  state: string
  states: string[]
  outputs: Json
  variables: Json
  labels: Json
  taskRuns: RecordedTaskRun[]
  logs: { level: string; taskId: string | null; message: string; taskRunId: string; attempt: number }[]
}

const terminal = new Set(['SUCCESS', 'WARNING', 'FAILED', 'KILLED', 'CANCELLED', 'RETRIED'])

/** A real worker on a real Temporal and Postgres, and what a test needs to drive it: the engine without the web app. */
export class Engine {
  readonly db: ScopedDb
  readonly client: Client
  readonly #options: EngineOptions
  readonly #close: () => Promise<void>
  readonly #changed = new Map<string, () => void>()

  private constructor(options: EngineOptions, client: Client, close: () => Promise<void>) {
    this.#options = options
    this.db = tenantDb(options.tenantId)
    this.client = client
    this.#close = close
  }

  static async start(options: EngineOptions): Promise<Engine> {
    const storage = await mkdtemp(join(tmpdir(), 'millrace-storage-'))
    // Where web's logic looks, too, should the test use it.
    process.env.STORAGE_URL = `file://${storage}`
    const worker = await startWorker({
      ...Env.parse({}),
      DATABASE_URL: options.databaseUrl,
      TEMPORAL_ADDRESS: options.temporalAddress,
      TEMPORAL_NAMESPACE: options.namespace,
      STORAGE_URL: process.env.STORAGE_URL,
      MILLRACE_LOG_LEVEL: 'warn',
      MILLRACE_MASTER_KEY: testMasterKey,
      MILLRACE_WORKFLOW_BUNDLE: await buildWorkflows(() => {}),
      ...options.env,
    })
    return Engine.attach(options, async () => {
      worker.stop()
      await worker.stopped
      await rm(storage, { recursive: true, force: true })
    })
  }

  /** Drives a worker that someone else starts; `stopWorker` is called by `stop`. */
  static async attach(options: EngineOptions, stopWorker = async () => {}): Promise<Engine> {
    const connection = await Connection.connect({ address: options.temporalAddress })
    const client = new Client({ connection, namespace: options.namespace })
    const notify = (payload: string) => engine.#notify(payload)
    const reconnected = () => engine.#lookAgain()
    const listener = listen(executionChannel, { notify, reconnected }, options.databaseUrl)
    await listener.ready
    const engine: Engine = new Engine(options, client, async () => {
      await stopWorker()
      await listener.close()
      await connection.close()
    })
    return engine
  }

  stop(): Promise<void> {
    return this.#close()
  }

  #notify(payload: string): void {
    this.#changed.get(payload.split('/')[1] ?? '')?.()
  }

  /** What was told while nobody listened is lost. */
  #lookAgain(): void {
    for (const changed of this.#changed.values()) changed()
  }

  /** Saves a flow as its next revision. */
  async saveFlow(source: string): Promise<void> {
    const { flow } = this.parse(source)
    const { tenantId } = this.#options
    const { namespace, id } = flow
    const where = { tenantId_namespace_id: { tenantId, namespace, id } }
    const old = await this.db.flow.findUnique({ where })
    const revision = (old?.revision ?? 0) + 1
    await this.db.flow.upsert({ where, create: { tenantId, namespace, id, revision }, update: { revision } })
    await this.db.flowRevision.create({ data: { tenantId, namespace, flowId: id, revision, source } })
  }

  parse(text: string) {
    const { flow, diagnostics, source } = parseFlow(text, catalog)
    const errors = diagnostics.filter(({ severity }) => severity === 'error')
    if (flow === null || errors.length > 0) throw new Error(errors.map(formatDiagnostic).join('\n'))
    return { flow, plan: compile(flow, catalog, { source }) }
  }

  /** Inserts an execution and starts its workflow, as the web app does. */
  async startExecution(source: string, options: StartOptions = {}): Promise<string> {
    const { flow, plan } = this.parse(source)
    const own = flow.labels.filter(({ key }) => !key.startsWith('system.'))
    return this.startPlan(plan, { ...options, labels: [...own, ...(options.labels ?? [])] })
  }

  async startPlan(plan: Plan, options: StartOptions = {}): Promise<string> {
    const { tenantId } = this.#options
    const executionId = options.executionId ?? randomBytes(11).toString('hex')
    const createdAt = new Date()
    const input: ExecuteFlowInput = {
      tenantId,
      executionId,
      plan,
      inputs: options.inputs ?? {},
      labels: options.labels ?? [],
      originalId: executionId,
      createdAtMs: createdAt.getTime(),
      attempt: 1,
      ...(options.resumeFrom === undefined ? {} : { resumeFrom: options.resumeFrom }),
      ...(options.continueLimits === undefined ? {} : { continueLimits: options.continueLimits }),
    }
    if (options.executionId === undefined) await this.#insert(input, createdAt)
    await this.client.workflow.start(executeFlowName, {
      workflowId: workflowIdOf(tenantId, executionId),
      taskQueue: flowQueue,
      args: [input],
    })
    return executionId
  }

  async #insert(input: ExecuteFlowInput, createdAt: Date): Promise<void> {
    const { tenantId, executionId, plan } = input
    const data = {
      tenantId,
      id: executionId,
      namespace: plan.flow.namespace,
      flowId: plan.flow.id,
      flowRevision: plan.flow.revision,
      state: 'CREATED',
      histories: [{ state: 'CREATED', date: createdAt.toISOString() }],
      inputs: input.inputs as never,
      labels: input.labels,
      plan: plan as never,
      createdAt,
    }
    // Waits longer for a connection than a single query would.
    await this.db.transact(async tx => tx.execution.create({ data }))
  }

  handle(executionId: string): WorkflowHandle {
    return this.client.workflow.getHandle(workflowIdOf(this.#options.tenantId, executionId))
  }

  /** Runs a flow to its end; the record is read once the workflow is over, so that nothing of it is missing. */
  async run(source: string, options: StartOptions = {}): Promise<RecordedExecution> {
    const executionId = await this.startExecution(source, options)
    await this.result(executionId)
    return this.read(executionId)
  }

  result(executionId: string): Promise<ExecuteFlowResult> {
    return this.handle(executionId).result() as Promise<ExecuteFlowResult>
  }

  /** Resolves when the record shows one of the states (by default: any final one). */
  async waitForState(executionId: string, ...states: string[]): Promise<void> {
    const wanted = states.length === 0 ? terminal : new Set(states)
    const where = { tenantId_id: { tenantId: this.#options.tenantId, id: executionId } }
    await this.#waitUntil(executionId, async () => {
      const { state } = await this.db.execution.findUniqueOrThrow({ where, select: { state: true } })
      return wanted.has(state)
    })
  }

  async waitForTaskState(executionId: string, taskId: string, state: string): Promise<void> {
    const { tenantId } = this.#options
    const where = { tenantId, executionId, taskId, state }
    await this.#waitUntil(executionId, async () => (await this.db.taskRun.count({ where })) > 0)
  }

  async waitForLog(executionId: string, message: string): Promise<void> {
    const { tenantId } = this.#options
    const where = { tenantId, executionId, message }
    await this.#waitUntil(executionId, async () => (await this.db.log.count({ where })) > 0)
  }

  /** Looks again at each change of the execution. */
  async #waitUntil(executionId: string, isReached: () => Promise<boolean>): Promise<void> {
    for (;;) {
      const changed = new Promise<void>(resolve => this.#changed.set(executionId, resolve))
      if (await isReached()) break
      await changed
    }
    this.#changed.delete(executionId)
  }

  async read(executionId: string): Promise<RecordedExecution> {
    const { tenantId } = this.#options
    const execution = await this.db.execution.findUniqueOrThrow({
      where: { tenantId_id: { tenantId, id: executionId } },
    })
    const runs = await this.db.taskRun.findMany({ where: { tenantId, executionId }, orderBy: { position: 'asc' } })
    const logs = await this.db.log.findMany({ where: { tenantId, executionId }, orderBy: { position: 'asc' } })
    return {
      id: executionId,
      state: execution.state,
      states: stateNames(execution.histories),
      outputs: execution.outputs as Json,
      variables: execution.variables as Json,
      labels: execution.labels as Json,
      taskRuns: runs.map(run => ({
        id: run.id,
        taskId: run.taskId,
        parentId: run.parentId,
        value: run.value,
        iteration: run.iteration,
        state: run.state,
        states: stateNames(run.histories),
        attempts: (run.attempts as { histories: unknown }[]).map(attempt => stateNames(attempt.histories)),
        outputs: run.outputs as Json,
      })),
      logs: logs.map(({ level, taskId, message, taskRunId, attempt }) => ({
        level,
        taskId,
        message,
        taskRunId,
        attempt,
      })),
    }
  }
}

function stateNames(histories: unknown): string[] {
  return (histories as { state: string }[]).map(({ state }) => state)
}
