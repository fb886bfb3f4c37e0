/** Wakes whoever follows an execution: one connection that listens, however many follow. */
import { type Listener, listen } from '#db/listen'
import { executionChannel } from '#worker/contract'

export type ExecutionWatch = {
  /** Resolves after the next change, at once if there was one since it last resolved, or when `timeoutMs` have passed. */
  changed(timeoutMs: number): Promise<void>
  close(): void
}

type Hub = { listener: Listener; wakers: Map<string, Set<() => void>> }

/** On `globalThis`: Next may load this module once per route, and each would take a connection. */
const shared = globalThis as { millraceExecutionEvents?: Hub }

/** Says nothing of what changed: read it from the database. Resolves when no later change can be missed. */
export async function watchExecution(tenantId: string, executionId: string): Promise<ExecutionWatch> {
  shared.millraceExecutionEvents ??= createHub()
  const { listener, wakers } = shared.millraceExecutionEvents
  const key = `${tenantId}/${executionId}`
  let isStale = false
  let resolveWaiting: (() => void) | undefined
  const wake = () => {
    isStale = true
    resolveWaiting?.()
  }
  const ofExecution = wakers.get(key) ?? new Set()
  wakers.set(key, ofExecution.add(wake))
  await listener.ready
  return {
    async changed(timeoutMs) {
      if (!isStale) await waitFor(timeoutMs, resolve => (resolveWaiting = resolve))
      isStale = false
    },
    close() {
      ofExecution.delete(wake)
      if (ofExecution.size === 0 && wakers.get(key) === ofExecution) wakers.delete(key)
      resolveWaiting?.()
    },
  }
}

function waitFor(timeoutMs: number, onStart: (resolve: () => void) => void): Promise<void> {
  return new Promise(resolve => {
    const timer = setTimeout(resolve, timeoutMs)
    onStart(() => {
      clearTimeout(timer)
      resolve()
    })
  })
}

function createHub(): Hub {
  const wakers: Hub['wakers'] = new Map()
  const wakeAll = () => {
    for (const key of wakers.keys()) wake(key)
  }
  const wake = (key: string) => {
    for (const waker of wakers.get(key) ?? []) waker()
  }
  return { wakers, listener: listen(executionChannel, { notify: wake, reconnected: wakeAll }) }
}

/** For tests and for a clean end of the process. */
export async function closeExecutionEvents(): Promise<void> {
  const hub = shared.millraceExecutionEvents
  shared.millraceExecutionEvents = undefined
  await hub?.listener.close()
}
