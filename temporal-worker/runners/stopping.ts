import type { RunnerRequest } from './runner'

export type StopReason = 'deadline' | 'cancelled'

export type Stopping = {
  /** Why the command is being stopped, if it is. */
  reason(): StopReason | undefined
  /** Aborted as soon as stopping began. */
  signal: AbortSignal
  /** To be called when the command ended: no signal is sent afterwards. */
  dispose(): void
}

/**
 * Stops a command when its task is cancelled or its deadline passes: asks first (SIGTERM), and forces after the grace
 * period (SIGKILL); without a grace period it forces at once.
 */
export function superviseStop(
  limits: RunnerRequest['limits'],
  cancelled: AbortSignal,
  send: (signal: 'SIGTERM' | 'SIGKILL') => void,
): Stopping {
  const begun = new AbortController()
  let reason: StopReason | undefined
  let force: NodeJS.Timeout | undefined

  function stop(why: StopReason): void {
    if (reason !== undefined) return
    reason = why
    begun.abort()
    send(limits.killGraceMs > 0 ? 'SIGTERM' : 'SIGKILL')
    if (limits.killGraceMs > 0) force = setTimeout(send, limits.killGraceMs, 'SIGKILL')
  }

  const onCancel = () => stop('cancelled')
  const deadline =
    limits.deadlineMs === undefined ? undefined : setLongTimeout(() => stop('deadline'), limits.deadlineMs)
  if (cancelled.aborted) queueMicrotask(onCancel)
  else cancelled.addEventListener('abort', onCancel, { once: true })

  return {
    reason: () => reason,
    signal: begun.signal,
    dispose() {
      deadline?.clear()
      clearTimeout(force)
      cancelled.removeEventListener('abort', onCancel)
    },
  }
}

const longestTimeoutMs = 2 ** 31 - 1

/** Node's own timers fire at once above 24.8 days. */
function setLongTimeout(callback: () => void, ms: number): { clear(): void } {
  let timer: NodeJS.Timeout
  const arm = (left: number) => {
    timer = setTimeout(
      () => (left > longestTimeoutMs ? arm(left - longestTimeoutMs) : callback()),
      Math.min(left, longestTimeoutMs),
    )
  }
  arm(ms)
  return { clear: () => clearTimeout(timer) }
}
