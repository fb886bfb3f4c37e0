/**
 * The warm path. Where the operator grants it, a task runs in a pod that may have served before: a tenant's own, with the
 * same image, limits and rights as a cold one (its shape: a digest of all that is declared of the pod).
 *
 * - A pod is a Job; its labels name the task run that uses it. It is taken by a change of that Job at the version that was
 *   seen, so that of several workers one gets it; its deadline is moved with each use and each rest.
 * - Nothing of a request stands in the Job. Files go to the container `files`, command and environment to a shell that is
 *   begun in `main` for this use: its limits, environment and folder are those of the container, not of the use before.
 * - The command goes on without its worker. The next one finds the pod by its labels, and follows it from its first line.
 * - Afterwards a new shell in `main` ends all that runs there and looks whether anything is otherwise than fresh; then
 *   `files`, which no command can reach, empties every folder that a command can write to. A pod is kept only when both
 *   say so: after a kill, a lack of memory, a lost connection, a worker's death it is thrown away.
 * - What the wiping can't see is a command that changes the memory of the waiting shell, which runs as the same user. Such a
 *   one could look at later tasks of its own tenant, never at another's.
 */
import { setTimeout as delay } from 'node:timers/promises'
import type { RunnerEvents, RunnerRequest, RunnerResult } from '../../runner'
import { superviseStop } from '../../stopping'
import { type Cluster, execToEnd, type PodRef } from '../cluster'
import { createJob, type JobMaker } from '../create-job'
import { fetchFiles, packSmall, splitNames, uploadFiles } from '../files'
import { createOutput } from '../follow-output'
import { type Ending, endOfMain, endWithoutFiles, killedExitCode } from '../how-it-ended'
import type { KubernetesOptions } from '../options'
import { watchPod } from '../pod-watch'
import { forcedEnd, tellMain } from '../stop-main'
import { waitUntilBegun } from '../wait-until-begun'
import { describeWarmJob, secondsOfUse } from './describe-warm'
import { beginScript, endMainCommand, isExportable, signalCommands } from './scripts'
import { ConnectionLost, FilesConnection, MainConnection, type UseEnd } from './use-session'
import { discardWarmPod, listWarmPods, type WarmPod, warmPodOf } from './warm-pods'
import { closeSession, type Session, type WarmPool } from './warm-pool'

type Given = {
  cluster: Cluster
  maker: JobMaker
  pool: WarmPool
  request: RunnerRequest
  options: KubernetesOptions
  events: RunnerEvents
  signal: AbortSignal
}

type Taken = { pod: WarmPod; how: 'adopted' | 'warm' | 'cold' }
type WarmRun = Given &
  Ending & {
    taken: Taken
    archive: Buffer | undefined
    forced: AbortSignal
    /** Told once signals reach the pod. */
    onReached(main: PodRef): void
  }

const noBytes = Buffer.alloc(0)
const againAfterMs = 300
/** What is under way when a pod is lost may still arrive. */
const lingerMs = 3_000

/** Why a task that might have a warm pod runs in a Job of its own; undefined where it need not. */
export function whyCold({ env }: RunnerRequest, options: KubernetesOptions): string | undefined {
  if (!options.delete) return 'its pod is to be kept'
  if (options.pullPolicy === 'Always') return 'its image is to be pulled each time'
  const odd = Object.keys(env).find(name => !isExportable(name))
  return odd === undefined ? undefined : `a shell can't hand on the environment variable ${odd}`
}

/** From the request to its result, in a pod that is kept for the next one. */
export async function runWarm(given: Given): Promise<RunnerResult> {
  const { cluster, maker, request, options, signal } = given
  const forced = new AbortController()
  let main: PodRef | undefined
  // The task's own timeout wins over the runner's.
  const limits = { ...request.limits, deadlineMs: request.limits.deadlineMs ?? options.waitUntilCompletion }
  const stopping = superviseStop(limits, signal, name =>
    tellMain(cluster, { main: () => main, commands: signalCommands, forced }, name),
  )
  const onReached = (ref: PodRef) => {
    main = ref
  }
  try {
    const { namespace } = maker.placeOf(request)
    const [archive] = await Promise.all([packSmall(request), maker.declare(namespace, request)])
    for (;;) {
      const taken = await take(given, namespace, stopping.signal)
      const watch = watchPod(cluster, { namespace, job: taken.pod.name })
      const run: WarmRun = { ...given, taken, archive, stopping, watch, forced: forced.signal, onReached }
      const result = await serveOnce(run).finally(watch.stop)
      main = undefined
      if (result !== undefined) return result
    }
  } catch (error) {
    const reason = stopping.reason()
    if (reason !== undefined) return { exitCode: killedExitCode, reason, details: {} }
    throw error
  } finally {
    stopping.dispose()
  }
}

/** The pod of an earlier worker for this very attempt, an idle one, or a new one. */
async function take(given: Given, namespace: string, stopped: AbortSignal): Promise<Taken> {
  const { cluster, maker, pool, request, options, events } = given
  const { instance, filesImage } = maker
  const { job, shape } = describeWarmJob({ instance, namespace, filesImage, request, options })
  const seconds = secondsOfUse(given)
  for (;;) {
    stopped.throwIfAborted()
    const pods = await listWarmPods(cluster, instance, namespace)
    const own = pods.find(({ key }) => isSameKey(key, request.key))
    if (own !== undefined && options.resume) {
      events.startOver?.()
      events.notice('INFO', 'Found the pod that an earlier worker took for this attempt, and follows it.')
      return { pod: own, how: 'adopted' }
    }
    if (own !== undefined) await discardWarmPod(cluster, { namespace, name: own.name })
    const claimed = await pool.claim(pods, { shape, request, seconds })
    if (claimed !== undefined) return { pod: claimed, how: 'warm' }
    if (!(await pool.waitForCleared(shape))) break
  }
  await maker.takeTurn(request.key.tenantId)
  stopped.throwIfAborted()
  return { pod: warmPodOf(await createJob(cluster, namespace, job)), how: 'cold' }
}

const isSameKey = (a: RunnerRequest['key'], b: RunnerRequest['key']) =>
  a.taskRunId === b.taskRunId && a.executionId === b.executionId && a.attempt === b.attempt

/** One use of a pod, which is then given back or thrown away; undefined where its command never began. */
async function serveOnce(run: WarmRun): Promise<RunnerResult | undefined> {
  const { cluster, pool, request, stopping, watch, taken } = run
  let session: Session | undefined
  const onLost = () => void delay(lingerMs, undefined, { ref: false }).then(() => session && closeSession(session))
  watch.lost.addEventListener('abort', onLost, { once: true })
  let isFit = false
  try {
    const notBegun = taken.pod.pod === undefined ? await untilForced(run, waitForPod(run)) : undefined
    if (notBegun !== undefined) return notBegun
    const pod = { ...taken.pod, pod: taken.pod.pod ?? watch.pod()?.metadata?.name ?? '' }
    const ref: PodRef = { namespace: pod.namespace, pod: pod.pod, container: 'files' }
    const connected = await connect(run, ref)
    if (connected === undefined) return undefined
    session = connected
    tellHow(run, session)
    run.onReached({ ...ref, container: 'main' })
    const ended = await untilForced(run, serve(run, session, ref))
    if (ended === undefined || 'exitCode' in ended) return ended
    isFit = ended.isFit && session.unfit === undefined && pod.uses < granted(request).uses
    isFit &&= stopping.reason() === undefined && !watch.isTakenAway()
    if (isFit) pool.giveBack(pod, session, ref, request, granted(request))
    return ended.result
  } finally {
    watch.lost.removeEventListener('abort', onLost)
    if (!isFit) {
      if (session !== undefined) closeSession(session)
      await discardWarmPod(cluster, { namespace: taken.pod.namespace, name: taken.pod.name })
    }
  }
}

const granted = ({ grant }: RunnerRequest) => grant.warm ?? { pods: 0, uses: 0, idleMs: 0 }

async function untilForced<T>({ forced, stopping }: WarmRun, work: Promise<T>): Promise<T | RunnerResult> {
  return await Promise.race([work, forcedEnd(forced, stopping)])
}

async function waitForPod(run: WarmRun): Promise<RunnerResult | undefined> {
  const { cluster, pool, taken } = run
  const { namespace, name } = taken.pod
  let enough: (() => void) | undefined
  const onProblem = () => {
    enough ??= pool.makeRoom(namespace)
  }
  return await waitUntilBegun(cluster, { ...run, namespace, name, onProblem }).finally(() => enough?.())
}

/** A warm pod that can't be reached never began: undefined, and another takes its place. */
async function connect({ pool, taken }: WarmRun, ref: PodRef): Promise<Session | undefined> {
  try {
    return await pool.connect(taken.pod, ref, taken.how === 'adopted')
  } catch (error) {
    if (taken.how === 'warm') return undefined
    throw error
  }
}

function tellHow({ request, events, taken }: WarmRun, { unfit }: Session): void {
  if (taken.how === 'warm') events.notice('DEBUG', `warm pod, use ${taken.pod.uses} of ${granted(request).uses}`)
  if (taken.how !== 'cold') return
  events.notice('DEBUG', 'cold: no warm pod of this image')
  if (unfit !== undefined) events.notice('DEBUG', `The pod can't be kept warm: ${unfit}`)
}

type Served = { result: RunnerResult; isFit: boolean }

/** From files in to files out; undefined where the command never began. */
async function serve(run: WarmRun, session: Session, ref: PodRef): Promise<Served | undefined> {
  const { cluster, request, events, taken, watch } = run
  const files = { ...ref, gone: watch.lost }
  const details = {
    jobName: taken.pod.name,
    podName: ref.pod,
    namespace: ref.namespace,
    warm: String(taken.how === 'warm'),
  }
  if (run.archive === undefined && taken.how !== 'adopted') await uploadFiles(cluster, files, request)
  events.begun?.()
  const following = follow(run, session, ref)
  // Where the shell can't be reached, that is the cause.
  following.catch(() => undefined)
  const begun = begin(run, session, ref)
  // Of a command that was found at work the end is enough: it takes all that is being started beside it along.
  await (taken.how === 'adopted' ? Promise.race([begun, following]) : begun)
  const end = await following
  if (end === undefined) return { result: { ...(await endWithoutFiles(run)), details }, isFit: false }
  if (end.told === 'never') return undefined
  if (end.told === 'unpacked')
    throw new Error('Can’t put the input files into the pod: no room, or the connection broke')
  const isKilled = end.told === 'gone' || end.told === String(killedExitCode)
  if (isKilled) {
    const main = { ...files, container: 'main' }
    await execToEnd(cluster, main, { command: endMainCommand, what: 'end the container' }).catch(() => undefined)
  }
  const result = { ...(await endOfMain(run, end.told)), details }
  await fetchFiles(cluster, files, { request, names: splitNames(end.names), events })
  return { result, isFit: !isKilled }
}

/** Hands the command over. Done twice it is begun once, so that a connection that broke under it does no harm. */
async function begin({ cluster, request, watch }: WarmRun, session: Session, ref: PodRef): Promise<void> {
  const script = beginScript(request)
  while (!watch.lost.aborted) {
    try {
      return await session.main.begin(script)
    } catch (error) {
      if (!(error instanceof ConnectionLost) || watch.lost.aborted) return
      session.unfit = 'its connection broke'
      await delay(againAfterMs)
      session.main = await MainConnection.open(cluster, { ...ref, container: 'main' })
    }
  }
}

/** Tells what the command says, also over lost connections; undefined where the pod was gone before all was read. */
async function follow(run: WarmRun, session: Session, ref: PodRef): Promise<UseEnd | undefined> {
  const { cluster, request, events, watch, taken, archive = noBytes } = run
  const outputs = [createOutput('stdout', events), createOutput('stderr', events)] as const
  const wants = request.outputFiles.length > 0 ? 'all' : 'some'
  const again = () => `follow ${wants} ${outputs.map(output => output.told()).join(' ')}`
  const begin = { line: `begin ${archive.length} ${wants}`, input: archive }
  let next = taken.how === 'adopted' ? { line: again(), input: noBytes } : begin
  try {
    for (;;) {
      const end = await session.files.use(next.line, next.input, outputs).catch(asLost)
      if (end !== undefined || watch.lost.aborted) return end
      session.unfit = 'its connection broke'
      await delay(againAfterMs)
      session.files = await reopen(cluster, ref, session.files)
      next = { line: again(), input: noBytes }
    }
  } finally {
    for (const output of outputs) output.end()
  }
}

function asLost(error: unknown): undefined {
  if (!(error instanceof ConnectionLost)) throw error
}

/** The API server may be away for a while: then the old one, which has ended, is tried and fails again. */
async function reopen(cluster: Cluster, ref: PodRef, old: FilesConnection): Promise<FilesConnection> {
  return await FilesConnection.open(cluster, ref).catch(() => old)
}
