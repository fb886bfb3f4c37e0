import { defaultPayloadConverter, fromPayloadsAtIndex, toPayloads } from '@temporalio/common'
import type { coresdk, temporal } from '@temporalio/proto'
import type { Workflow } from '@temporalio/worker/lib/workflow/interface'
import type { ExecuteFlowInput } from '#worker/contract'
import { type Activation, type Command, initialize, type Sandbox, toTimestamp } from './sandbox'

type Payload = temporal.api.common.v1.IPayload
type Job = coresdk.workflow_activation.IWorkflowActivationJob
type Due = { atMs: number; order: number; job: () => Job; key: string }

/** Answers an activity: after so many milliseconds, with what it has done then. */
export type Answer = { afterMs: number; finish(nowMs: number): unknown }
export type World = {
  call(name: string, args: unknown, nowMs: number): Answer
  /** An activity is asked to stop: what it answers then. */
  cancel(name: string, args: unknown, nowMs: number): Answer
}

/** Something from outside. */
export type Happening =
  | { kind: 'signal'; name: string }
  | { kind: 'update'; name: string; args: unknown }
  /** The worker dies: another one takes over and replays. */
  | { kind: 'eviction' }
export type Outside = { atMs: number } & Happening

export type Ended = { result: unknown; nowMs: number; activations: number; continued: number }

/**
 * One execution on Temporal as a worker sees it, with a clock that skips: what is due next happens next. The workflow
 * runs in the SDK's own sandbox; a replay must give the same commands, activation by activation.
 */
export class VirtualTemporal {
  readonly #sandbox: Sandbox
  readonly #world: World
  readonly #runId: string
  #nowMs: number
  #generation = 0
  #order = 0
  #due: Due[] = []
  #history: { activation: Activation; commands: Command[] }[] = []
  #activities = new Map<string, { name: string; args: unknown }>()
  #workflow: Workflow | undefined
  #activations = 0
  #result: { value: unknown } | undefined

  readonly #whenIdle: Happening

  /** `whenIdle` happens when the execution waits for nothing but people. */
  constructor(options: { sandbox: Sandbox; world: World; runId: string; startMs: number; whenIdle: Happening }) {
    this.#whenIdle = options.whenIdle
    this.#sandbox = options.sandbox
    this.#world = options.world
    this.#runId = options.runId
    this.#nowMs = options.startMs
  }

  /** Runs to the end, which must come within so many activations. */
  async run(input: ExecuteFlowInput, outside: readonly Outside[], maxActivations: number): Promise<Ended> {
    const waiting = [...outside].sort((a, b) => a.atMs - b.atMs)
    await this.#begin(toPayloads(defaultPayloadConverter, input)!)
    while (this.#result === undefined) {
      if (this.#activations > maxActivations) throw new Error('it has no end')
      const next = waiting[0]
      const dueMs = this.#nextDueMs()
      if (next === undefined && dueMs === undefined) await this.#happen({ atMs: this.#nowMs + 1, ...this.#whenIdle })
      else if (next !== undefined && (dueMs === undefined || next.atMs <= dueMs)) await this.#happen(waiting.shift()!)
      else await this.#activateDue(dueMs!)
    }
    await this.#workflow?.dispose()
    return {
      result: this.#result.value,
      nowMs: this.#nowMs,
      activations: this.#activations,
      continued: this.#generation,
    }
  }

  async #begin(args: Payload[]): Promise<void> {
    this.#history = []
    this.#due = []
    this.#activities.clear()
    this.#workflow = await this.#sandbox.open(this.#id, this.#nowMs)
    await this.#activate([initialize(this.#id, this.#nowMs, args)])
  }

  get #id(): string {
    return `${this.#runId}-${this.#generation}`
  }

  #nextDueMs(): number | undefined {
    return this.#due.length === 0 ? undefined : Math.min(...this.#due.map(({ atMs }) => atMs))
  }

  async #happen(outside: Outside): Promise<void> {
    this.#nowMs = Math.max(this.#nowMs, outside.atMs)
    if (outside.kind === 'eviction') return this.#replay()
    if (outside.kind === 'signal') {
      return this.#activate([{ signalWorkflow: { signalName: outside.name, input: [], headers: {} } }])
    }
    const id = `update-${this.#order++}`
    const input = toPayloads(defaultPayloadConverter, outside.args)!
    const update = { id, protocolInstanceId: id, name: outside.name, input, headers: {}, runValidator: true }
    await this.#activate([{ doUpdate: { ...update, meta: { updateId: id, identity: 'test' } } }])
  }

  /** All that is due at one time is told at once, as by a busy server. */
  async #activateDue(atMs: number): Promise<void> {
    this.#nowMs = Math.max(this.#nowMs, atMs)
    const now = this.#due.filter(due => due.atMs <= atMs).sort((a, b) => a.order - b.order)
    this.#due = this.#due.filter(due => due.atMs > atMs)
    await this.#activate(now.map(({ job }) => job()))
  }

  async #activate(jobs: Job[]): Promise<void> {
    this.#activations += 1
    const activation: Activation = {
      runId: this.#id,
      timestamp: toTimestamp(this.#nowMs),
      isReplaying: false,
      historyLength: 3 + this.#history.length * 4,
      jobs,
    }
    const commands = await this.#send(activation)
    this.#history.push({ activation, commands })
    for (const command of commands) await this.#obey(command)
  }

  async #send(activation: Activation): Promise<Command[]> {
    const { successful, failed } = await this.#workflow!.activate(activation)
    if (failed) throw new Error(`the workflow broke: ${failed.failure?.message} ${failed.failure?.stackTrace}`)
    return successful?.commands ?? []
  }

  /** Another worker must come to the same commands. */
  async #replay(): Promise<void> {
    await this.#workflow!.dispose()
    const startMs = Number(this.#history[0]!.activation.timestamp!.seconds) * 1000
    this.#workflow = await this.#sandbox.open(this.#id, startMs)
    for (const [index, { activation, commands }] of this.#history.entries()) {
      const jobs = [...patchesOf(commands), ...activation.jobs!]
      const again = await this.#send({ ...activation, isReplaying: true, jobs })
      if (plain(again) === plain(commands)) continue
      throw new Error(`activation ${index} replays differently: ${plain(commands)} then ${plain(again)}`)
    }
  }

  async #obey(command: Command): Promise<void> {
    const { startTimer, cancelTimer, scheduleActivity, scheduleLocalActivity, requestCancelActivity } = command
    if (startTimer) {
      const { seconds, nanos } = startTimer.startToFireTimeout!
      this.#plan(`timer ${startTimer.seq}`, Number(seconds) * 1000 + (nanos ?? 0) / 1e6, () => ({
        fireTimer: { seq: startTimer.seq! },
      }))
    }
    if (cancelTimer) this.#forget(`timer ${cancelTimer.seq}`)
    if (scheduleActivity) this.#call(scheduleActivity, false)
    if (scheduleLocalActivity) this.#call(scheduleLocalActivity, true)
    if (requestCancelActivity) this.#stop(requestCancelActivity.seq!)
    await this.#conclude(command)
  }

  async #conclude(command: Command): Promise<void> {
    const { completeWorkflowExecution, failWorkflowExecution, continueAsNewWorkflowExecution } = command
    if (completeWorkflowExecution) {
      this.#result = { value: defaultPayloadConverter.fromPayload(completeWorkflowExecution.result!) }
    }
    if (failWorkflowExecution) throw new Error(`the workflow failed: ${failWorkflowExecution.failure?.message}`)
    if (!continueAsNewWorkflowExecution) return
    await this.#workflow!.dispose()
    this.#generation += 1
    await this.#begin(continueAsNewWorkflowExecution.arguments ?? [])
  }

  #call(
    activity: { seq?: number | null; activityType?: string | null; arguments?: Payload[] | null },
    isLocal: boolean,
  ): void {
    const name = activity.activityType!
    const args = fromPayloadsAtIndex(defaultPayloadConverter, 0, activity.arguments)
    const seq = activity.seq!
    this.#activities.set(`activity ${seq}`, { name, args })
    this.#answer(seq, this.#world.call(name, args, this.#nowMs), isLocal)
  }

  #stop(seq: number): void {
    const key = `activity ${seq}`
    const activity = this.#activities.get(key)
    if (activity === undefined || !this.#due.some(due => due.key === key)) return
    this.#forget(key)
    this.#answer(seq, this.#world.cancel(activity.name, activity.args, this.#nowMs), false)
  }

  #answer(seq: number, { afterMs, finish }: Answer, isLocal: boolean): void {
    this.#plan(`activity ${seq}`, afterMs, () => {
      const result = { completed: { result: defaultPayloadConverter.toPayload(finish(this.#nowMs) ?? null) } }
      return { resolveActivity: { seq, result, isLocal } }
    })
  }

  #plan(key: string, afterMs: number, job: () => Job): void {
    this.#due.push({ atMs: this.#nowMs + Math.max(0, Math.ceil(afterMs)), order: this.#order++, job, key })
  }

  #forget(key: string): void {
    this.#due = this.#due.filter(due => due.key !== key)
  }
}

/** A replay is told beforehand which patches the history has. */
function patchesOf(commands: Command[]): Job[] {
  return commands.flatMap(({ setPatchMarker }) =>
    setPatchMarker ? [{ notifyHasPatch: { patchId: setPatchMarker.patchId! } }] : [],
  )
}

/** Readable, so that a difference can be understood. */
function plain(commands: Command[]): string {
  return JSON.stringify(commands, (_key, value: unknown) =>
    // Made in the sandbox, whose Uint8Array is another.
    ArrayBuffer.isView(value) ? Buffer.from(value as Uint8Array).toString('utf8') : value,
  )
}
