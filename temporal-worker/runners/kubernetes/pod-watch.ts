/** What becomes of a Job's pod, as the API server tells it. */
import { setTimeout as delay } from 'node:timers/promises'
import type { V1ContainerStatus, V1Pod } from '@kubernetes/client-node'
import { type Cluster, mergePatch } from './cluster'

export type PodWatch = {
  /** The pod as last seen; undefined before there is one. */
  pod(): V1Pod | undefined
  /**
   * Aborted once nothing of the pod can be asked any more: it is gone, its container for files has ended, or nobody watches:
   * who still asks had been given up.
   */
  lost: AbortSignal
  /** Whether the cluster ends, or has ended, the pod: deleted, evicted, past its deadline. */
  isTakenAway(): boolean
  /** Resolves once the pod is as wished, or gone (undefined). */
  until(isAsWished: (pod: V1Pod) => boolean): Promise<V1Pod | undefined>
  stop(): void
}

const againAfterMs = 500

/** Watches the pod of a Job, with `uid` not one of an earlier Job of that name; goes on over lost connections. */
export function watchPod(
  cluster: Cluster,
  { namespace, job, uid }: { namespace: string; job: string; uid?: string },
): PodWatch {
  const selector = `job-name=${job}${uid === undefined ? '' : `,batch.kubernetes.io/controller-uid=${uid}`}`
  const waiting = new Set<{ isAsWished(pod: V1Pod): boolean; resolve(pod: V1Pod | undefined): void }>()
  const lost = new AbortController()
  let current: V1Pod | undefined
  let isGone = false
  let isStopped = false
  let controller: AbortController | undefined

  function settle(): void {
    for (const waiter of waiting) {
      if (!isGone && !(current !== undefined && waiter.isAsWished(current))) continue
      waiting.delete(waiter)
      waiter.resolve(isGone ? undefined : current)
    }
  }
  function see(type: string, pod: V1Pod): void {
    if (type === 'ADDED' || type === 'MODIFIED') current = pod
    else if (type === 'DELETED') isGone = true
    if (isGone || hasEnded(pod, 'files')) lost.abort()
    settle()
  }
  async function follow(): Promise<void> {
    while (!isStopped && !isGone) {
      try {
        const { items, metadata } = await cluster.core.listNamespacedPod({ namespace, labelSelector: selector })
        if (items[0] !== undefined) see('MODIFIED', items[0])
        else if (current !== undefined) see('DELETED', current)
        const query = { labelSelector: selector, resourceVersion: metadata?.resourceVersion ?? '' }
        await new Promise<void>(resolve => {
          const path = `/api/v1/namespaces/${namespace}/pods`
          void cluster.watch
            .watch(path, query, see, () => resolve())
            .then(
              started => {
                controller = started
                if (isStopped) started.abort()
              },
              resolve as () => void,
            )
        })
      } catch {
        // The API server is away: asked again below.
      }
      if (!isStopped && !isGone) await delay(againAfterMs)
    }
  }
  void follow()
  return {
    pod: () => current,
    lost: lost.signal,
    isTakenAway: () =>
      isGone || current?.metadata?.deletionTimestamp !== undefined || current?.status?.reason !== undefined,
    until: isAsWished =>
      new Promise(resolve => {
        waiting.add({ isAsWished, resolve })
        settle()
      }),
    stop() {
      isStopped = true
      controller?.abort()
      lost.abort()
    },
  }
}

export function containerOf(pod: V1Pod | undefined, name: string): V1ContainerStatus | undefined {
  return pod?.status?.containerStatuses?.find(status => status.name === name)
}

export function hasBegun(pod: V1Pod, name: string): boolean {
  const state = containerOf(pod, name)?.state
  return state?.running !== undefined || state?.terminated !== undefined
}

export function hasEnded(pod: V1Pod, name: string): boolean {
  return containerOf(pod, name)?.state?.terminated !== undefined || isOver(pod)
}

/** Ended as a whole: evicted, or past its deadline; its containers need not say so. */
export function isOver(pod: V1Pod): boolean {
  return pod.status?.phase === 'Failed' || pod.status?.phase === 'Succeeded'
}

/** Why a pod does not run yet; undefined while all goes its way. */
export function whyNotRunning(pod: V1Pod): { reason: string; message: string; isImage: boolean } | undefined {
  const unscheduled = pod.status?.conditions?.find(({ type, status }) => type === 'PodScheduled' && status === 'False')
  if (unscheduled !== undefined) {
    return { reason: unscheduled.reason ?? 'Unschedulable', message: unscheduled.message ?? '', isImage: false }
  }
  for (const { state } of pod.status?.containerStatuses ?? []) {
    const { reason = '', message = '' } = state?.waiting ?? {}
    if (reason !== '' && !ordinary.has(reason)) return { reason, message, isImage: /image/i.test(reason) }
  }
  return undefined
}

/** What passes by itself once other pods have ended. */
export function isLackOfRoom(reason: string, message: string): boolean {
  return reason === 'Unschedulable' || (reason === 'FailedCreate' && isQuota(message))
}

/** Its texts hold the counts of the moment: no two are the same. */
export function isQuota(text: string): boolean {
  return text.includes('exceeded quota')
}

const ordinary = new Set(['ContainerCreating', 'PodInitializing'])
const jobEventsEveryMs = 3000

/** Tells, while there is no running pod, what the cluster says: each reason once. Resolves when `until` does. */
export async function tellProblems(
  cluster: Cluster,
  given: { namespace: string; job: string; watch: PodWatch; tell(problem: string, isRoom: boolean): void },
  until: AbortSignal,
): Promise<void> {
  const { namespace, job, watch } = given
  const told = new Set<string>()
  const tell = (reason: string, message: string) => {
    if (until.aborted || told.has(reason)) return
    told.add(reason)
    given.tell(`${reason}${message === '' ? '' : `: ${message}`}`, isLackOfRoom(reason, message))
  }
  void watch.until(pod => {
    const why = until.aborted ? undefined : whyNotRunning(pod)
    if (why !== undefined) tell(why.reason, why.message)
    return until.aborted
  })
  while (!until.aborted) {
    await delay(jobEventsEveryMs, undefined, { signal: until, ref: false }).catch(() => {})
    if (until.aborted || watch.pod() !== undefined) continue
    const fieldSelector = `involvedObject.kind=Job,involvedObject.name=${job}`
    const { items } = await cluster.core.listNamespacedEvent({ namespace, fieldSelector }).catch(() => ({ items: [] }))
    for (const { reason = '', type, message = '' } of items) if (type === 'Warning') tell(reason, message)
    if (told.size > 0) await askAgain(cluster, namespace, job)
  }
}

/** The cluster tries to make a pod again at ever longer intervals; a Job that was changed it looks at within a second. */
async function askAgain(cluster: Cluster, namespace: string, name: string): Promise<void> {
  const body = { metadata: { annotations: { 'millrace.asked-again': new Date().toISOString() } } }
  await cluster.batch.patchNamespacedJob({ namespace, name, body }, mergePatch).catch(() => undefined)
}
