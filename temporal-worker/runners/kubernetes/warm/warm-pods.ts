/** The warm pods of all tenants, as the cluster keeps them: each is a Job, whose labels say what it is like and who uses it. */
import type { V1Job } from '@kubernetes/client-node'
import { keyLabels, keyOfLabels } from '../../labels'
import type { RunnerRequest } from '../../runner'
import { type Cluster, codeOf, mergePatch, unless } from '../cluster'
import { deadlineSlackSeconds } from '../job'
import { labelsOfUse, warmLabels, warmNotes } from './describe-warm'

export type WarmPod = {
  namespace: string
  /** Of its Job. */
  name: string
  shape: string
  /** Undefined until it is known. */
  pod: string | undefined
  /** Including the present one. */
  uses: number
  /** Since 1970; 0 while it is used. */
  idleSinceMs: number
  idleUntilMs: number
  startedMs: number
  /** Changes with each change of the Job. */
  version: string
  key: RunnerRequest['key']
}

/** Those of this installation in a namespace that have not ended. */
export async function listWarmPods(cluster: Cluster, instance: string, namespace: string): Promise<WarmPod[]> {
  const labelSelector = `${keyLabels.instance}=${instance},${warmLabels.shape}`
  const { items } = await cluster.batch.listNamespacedJob({ namespace, labelSelector })
  return items.filter(isThere).map(warmPodOf)
}

export function isIdle(pod: WarmPod): boolean {
  return pod.idleUntilMs > 0
}

export function warmPodOf({ metadata, status }: V1Job): WarmPod {
  const { labels = {}, annotations = {}, namespace = '', name = '', resourceVersion = '' } = metadata ?? {}
  const idle = labels[warmLabels.idle] === undefined ? undefined : annotations
  return {
    namespace,
    name,
    shape: labels[warmLabels.shape] ?? '',
    pod: annotations[warmNotes.pod],
    uses: Number(annotations[warmNotes.uses] ?? 1),
    idleSinceMs: Number(idle?.[warmNotes.idleSince] ?? 0),
    idleUntilMs: Number(idle?.[warmNotes.idleUntil] ?? 0),
    startedMs: status?.startTime?.getTime() ?? Date.now(),
    version: resourceVersion,
    key: keyOfLabels(labels),
  }
}

const isThere = ({ metadata, status }: V1Job) =>
  metadata?.deletionTimestamp === undefined && (status?.conditions ?? []).length === 0

/** Takes an idle pod for a task run; undefined where another was first: the API server takes one change of a version. */
export async function claimWarmPod(
  cluster: Cluster,
  pod: WarmPod,
  { instance, request, seconds }: { instance: string; request: RunnerRequest; seconds: number },
): Promise<WarmPod | undefined> {
  const claimed = await patch(cluster, pod, {
    metadata: {
      resourceVersion: pod.version,
      labels: { ...labelsOfUse(instance, request), [warmLabels.idle]: null },
      annotations: { [warmNotes.uses]: String(pod.uses + 1) },
    },
    spec: { activeDeadlineSeconds: ageSeconds(pod) + seconds },
  })
  return claimed === undefined ? undefined : warmPodOf(claimed)
}

/** From now on any task that wants such a pod may take it, for so long. */
export async function releaseWarmPod(
  cluster: Cluster,
  pod: WarmPod,
  { instance, request, idleMs }: { instance: string; request: RunnerRequest; idleMs: number },
): Promise<WarmPod | undefined> {
  const nobody = Object.fromEntries(Object.keys(labelsOfUse(instance, request)).map(name => [name, null]))
  const now = Date.now()
  const released = await patch(cluster, pod, {
    metadata: {
      labels: { ...nobody, [warmLabels.idle]: 'true' },
      annotations: {
        [warmNotes.pod]: pod.pod,
        [warmNotes.idleSince]: String(now),
        [warmNotes.idleUntil]: String(now + idleMs),
      },
    },
    spec: { activeDeadlineSeconds: ageSeconds(pod) + Math.ceil(idleMs / 1000) + deadlineSlackSeconds },
  })
  return released === undefined ? undefined : warmPodOf(released)
}

/** Removes a pod; with `version`, only as it was seen: somebody may use it by now. */
export async function discardWarmPod(
  cluster: Cluster,
  { namespace, name, version }: Pick<WarmPod, 'namespace' | 'name'> & { version?: string },
): Promise<boolean> {
  const body = {
    propagationPolicy: 'Background',
    ...(version !== undefined && { preconditions: { resourceVersion: version } }),
  }
  const done = cluster.batch.deleteNamespacedJob({ namespace, name, body }).then(() => true)
  return await unless(404, unless(409, done, false), false)
}

/** Undefined where the Job is gone, or another's change came first. */
async function patch(cluster: Cluster, { namespace, name }: WarmPod, body: object): Promise<V1Job | undefined> {
  try {
    return await cluster.batch.patchNamespacedJob({ namespace, name, body }, mergePatch)
  } catch (error) {
    if (codeOf(error) === 404 || codeOf(error) === 409) return undefined
    throw error
  }
}

/** A Job's deadline counts from its start. */
const ageSeconds = ({ startedMs }: WarmPod) => Math.ceil((Date.now() - startedMs) / 1000)
