import { setTimeout as delay } from 'node:timers/promises'
import { type RunnerEvents, type RunnerRequest, RunnerRequestError, type RunnerResult } from '../runner'
import { type Stopping, superviseStop } from '../stopping'
import { fetchOutputs, pollUntilEnd, type Told } from './follow'
import { putKit } from './kit'
import { type CloudStore, objectNames } from './store'

/** The jobs of a vendor, for one attempt of one task run. */
export type CloudJobs = {
  /** The id of the youngest job of this attempt. */
  find(): Promise<string | undefined>
  /** Starts a job whose two containers (`scripts.ts`) get this link; resolves with its id. */
  start(kitUrl: string): Promise<string>
  look(id: string): Promise<JobState>
  /** Ends it: SIGTERM for both containers. No error where it has ended. */
  stop(id: string): Promise<void>
  /** Removes what was made for the job. */
  remove(id: string): Promise<void>
}

export type JobState = {
  /** As the vendor calls it. */
  phase: string
  isWaiting: boolean
  isOver: boolean
  /** Why it waits, or why it ended. */
  why?: string
  /** Of the command, where the vendor knows. */
  exitCode?: number
  reason?: RunnerResult['reason']
}

export type CloudOptions = {
  /** In ms, as all durations here. */
  waitUntilCompletion: number
  completionCheckInterval: number
  delete: boolean
  resume: boolean
}

export type CloudRun = {
  jobs: CloudJobs
  store: CloudStore
  request: RunnerRequest
  options: CloudOptions
  events: RunnerEvents
}

const killedExitCode = 137
const refusedExitCode = 125
/** A command that was told to end, and the log after it, has so long. */
const forcedWithinMs = 45_000
/** So long after its command's end a vendor may need to say why it ended. */
const newsWithinMs = 60_000
const waitsLongMs = 60_000

/** From files in to files out, over a lost worker. */
export async function runCloudJob(run: CloudRun, signal: AbortSignal): Promise<RunnerResult> {
  const { jobs, request, options } = run
  const forced = new AbortController()
  let id: string | undefined
  let hasEnded = false
  const stop = () => {
    if (id !== undefined) jobs.stop(id).catch(() => forced.abort())
  }
  // The task's own timeout wins over the runner's.
  const deadlineMs = request.limits.deadlineMs ?? options.waitUntilCompletion
  const stopping = superviseStop({ ...request.limits, deadlineMs }, signal, name => {
    stop()
    if (name === 'SIGKILL') setTimeout(() => forced.abort(), forcedWithinMs).unref()
  })
  try {
    id = await begin(run, deadlineMs, stopping)
    if (stopping.reason() !== undefined) stop()
    const told = await followJob(run, id, forced.signal)
    hasEnded = true
    return { ...(await endOf(run, id, told, stopping)), details: { jobId: id } }
  } catch (error) {
    const reason = stopping.reason()
    if (reason === undefined || error instanceof RunnerRequestError) throw error
    return { exitCode: killedExitCode, reason, details: id === undefined ? {} : { jobId: id } }
  } finally {
    stopping.dispose()
    await cleanUp(run, id, hasEnded)
  }
}

/** The job of an earlier worker, or a new one. */
async function begin(run: CloudRun, deadlineMs: number, { signal }: Stopping): Promise<string> {
  const { jobs, store, request, options, events } = run
  const found = await jobs.find()
  if (found !== undefined) {
    const { isOver } = await jobs.look(found)
    const isFollowable = options.resume && (!isOver || (await store.get(objectNames.end)) !== undefined)
    if (isFollowable) {
      events.startOver?.()
      events.notice('INFO', 'Found the job that an earlier worker started for this attempt, and follows it.')
      return found
    }
    if (!isOver) await jobs.stop(found)
  }
  await store.clear()
  const kitUrl = await putKit(store, request, deadlineMs, signal)
  signal.throwIfAborted()
  return await jobs.start(kitUrl)
}

async function followJob({ jobs, store, options, events }: CloudRun, id: string, signal: AbortSignal) {
  const beganMs = Date.now()
  let phase = ''
  let hasTold = false
  return await pollUntilEnd({
    store,
    events,
    signal,
    everyMs: options.completionCheckInterval,
    async isOver() {
      const state = await jobs.look(id)
      if (state.phase !== phase) events.notice('DEBUG', `The job is ${state.phase}.`)
      phase = state.phase
      if (state.isWaiting && !hasTold && Date.now() - beganMs > waitsLongMs) {
        hasTold = true
        events.notice('WARN', `The job does not run yet: ${phase}${state.why === undefined ? '' : `: ${state.why}`}`)
      }
      return state.isOver
    },
  })
}

async function endOf(run: CloudRun, id: string, told: Told | undefined, stopping: Stopping) {
  const { store, request, events } = run
  if (told?.outputs === 'kept') await fetchOutputs(store, request, events)
  if (told?.outputs === 'lost') {
    throw new RunnerRequestError('The output files could not be put into the bucket; one archive may have 5 GB there.')
  }
  const stopped = stopping.reason()
  if (typeof told?.exit === 'number') {
    if (stopped !== undefined) return { exitCode: told.exit, reason: stopped }
    if (told.exit !== killedExitCode) return { exitCode: told.exit }
  } else if (stopped !== undefined) return { exitCode: killedExitCode, reason: stopped }
  if (told?.exit === 'missing') {
    events.notice('ERROR', `Can't start ${request.command[0]} in image ${request.image}: it is not found there`)
    return { exitCode: 127 }
  }
  if (told?.exit === 'unstarted') {
    events.notice('ERROR', `Image ${request.image} did not begin within 15 minutes; it needs a /bin/sh.`)
    return { exitCode: refusedExitCode }
  }
  return await asTheVendorSays(run, id, told)
}

async function asTheVendorSays({ jobs, options, events }: CloudRun, id: string, told: Told | undefined) {
  const untilMs = Date.now() + newsWithinMs
  let state = await jobs.look(id)
  while (!state.isOver && Date.now() < untilMs) {
    await delay(options.completionCheckInterval)
    state = await jobs.look(id)
  }
  const { why = 'it does not say why', reason } = state
  if (typeof told?.exit === 'number') return { exitCode: told.exit, ...(reason && { reason }) }
  events.notice('ERROR', `The job ended (${state.phase}): ${why}`)
  const exitCode = state.exitCode ?? (reason === 'image' ? refusedExitCode : killedExitCode)
  return { exitCode: exitCode === 0 ? refusedExitCode : exitCode, ...(reason && { reason }) }
}

/** What can't be removed shall not take the result with it. */
async function cleanUp({ jobs, store, options, events }: CloudRun, id: string | undefined, hasEnded: boolean) {
  const steps = [
    ...(id !== undefined && !hasEnded ? [() => jobs.stop(id)] : []),
    ...(id !== undefined && options.delete ? [() => jobs.remove(id)] : []),
    () => (options.delete ? store.clear() : store.remove(objectNames.kit)),
  ]
  for (const step of steps) {
    await step().catch(error => events.notice('WARN', `Could not clean up after the job: ${(error as Error).message}`))
  }
}
