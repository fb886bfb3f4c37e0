import { setTimeout as delay } from 'node:timers/promises'
import type { RunnerResult } from '../runner'
import type { Stopping } from '../stopping'
import { type Cluster, execToEnd, type PodRef } from './cluster'
import { killedExitCode } from './how-it-ended'
import { hasBegun, type PodWatch } from './pod-watch'

/** A shell that was told to end, and all it started, does so within. */
const forcedWithinMs = 5_000

/** The user's container, once it has begun. */
export function mainOf(namespace: string, watch: PodWatch): PodRef | undefined {
  const pod = watch.pod()
  if (pod === undefined || !hasBegun(pod, 'main')) return undefined
  return { namespace, pod: pod.metadata?.name ?? '', container: 'main' }
}

/** Sends a signal to the user's command. What has not begun, or does not listen, is given up: `forced` is aborted. */
export function tellMain(
  cluster: Cluster,
  given: {
    main: () => PodRef | undefined
    commands: Record<'SIGTERM' | 'SIGKILL', readonly string[]>
    forced: AbortController
  },
  name: 'SIGTERM' | 'SIGKILL',
): void {
  const { main, commands, forced } = given
  const ref = main()
  if (ref === undefined) {
    forced.abort()
    return
  }
  const told = execToEnd(cluster, ref, { command: commands[name], what: 'stop the command' })
  if (name === 'SIGKILL') {
    void told
      .catch(() => {})
      .then(() => delay(forcedWithinMs, undefined, { ref: false }))
      .then(() => forced.abort())
  } else told.catch(() => forced.abort())
}

/** Resolves once the command was given up. */
export function forcedEnd(forced: AbortSignal, stopping: Stopping): Promise<RunnerResult> {
  return new Promise(resolve => {
    const end = () => resolve({ exitCode: killedExitCode, reason: stopping.reason() ?? 'cancelled', details: {} })
    if (forced.aborted) end()
    else forced.addEventListener('abort', end, { once: true })
  })
}
