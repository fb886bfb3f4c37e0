import { setTimeout as delay } from 'node:timers/promises'
import { NoRoomError, type RunnerResult } from '../runner'
import type { Cluster } from './cluster'
import { asTheClusterSays, type Ending, hasFailedToStart } from './how-it-ended'
import type { KubernetesOptions } from './options'
import { hasBegun, isOver, isQuota, tellProblems, whyNotRunning } from './pod-watch'
import type { Place } from './remove-job'
import { givesUpAtMs } from './room'

const clusterRefused = 125
/** So long a pod without room is waited for before the request is told to come back: room that is being made is soon there. */
const patienceMs = 5_000

/**
 * Resolves with a result where the pod will not run; undefined once it does. Throws `NoRoomError` where the pod waits for
 * other pods to end and the request can come back.
 */
export async function waitUntilBegun(
  cluster: Cluster,
  run: Ending & Place & { options: KubernetesOptions; onProblem?: () => void },
): Promise<RunnerResult | undefined> {
  const { watch, events, options, namespace, name, onProblem, request } = run
  const { comesBack } = request
  const over = new AbortController()
  const after = <T extends string>(ms: number, what: T) =>
    delay(ms, what, { signal: over.signal, ref: false }).catch(() => undefined)
  let problem = 'the cluster made no pod for it'
  let onNoRoom: () => void = () => undefined
  const noRoom = new Promise<'no room' | undefined>(resolve => {
    onNoRoom = () => void after(patienceMs, 'no room').then(resolve)
  })
  const tell = (text: string, isRoom: boolean) => {
    problem = text
    if (!isQuota(text) || comesBack?.waitsSinceMs === undefined) {
      events.notice('WARN', `The pod does not run yet: ${text}`)
    }
    if (isRoom && comesBack !== undefined) onNoRoom()
    onProblem?.()
  }
  void tellProblems(cluster, { namespace, job: name, watch, tell }, over.signal)
  const begun = watch.until(pod => (hasBegun(pod, 'main') && hasBegun(pod, 'files')) || isOver(pod))
  const untilMs = givesUpAtMs(request, options)
  const late = after(Math.max(0, untilMs - Date.now()), 'late')
  try {
    const first = await Promise.race([begun, late, noRoom])
    if (first === 'no room') throw new NoRoomError(problem, untilMs)
    if (first !== 'late') {
      if (hasFailedToStart(first)) return { ...asTheClusterSays(run, undefined, first), details: {} }
      events.begun?.()
      return undefined
    }
    const why = whyNotRunning(watch.pod() ?? {})
    const seconds = options.waitUntilRunning / 1000
    events.notice('ERROR', `The pod did not run within ${seconds} s (waitUntilRunning): ${problem}`)
    return { exitCode: clusterRefused, ...(why?.isImage && { reason: 'image' as const }), details: {} }
  } finally {
    over.abort()
  }
}
