import { setTimeout as delay } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import type { V1Job, V1Secret } from '@kubernetes/client-node'
import { type ClusterGrant, type RunnerEvents, type RunnerRequest, RunnerRequestError } from '../runner'
import { type Cluster, codeOf, mergePatch, reasonOf, unless } from './cluster'
import { packSmall } from './files'
import { describeJob, describeSecret, type JobParts, jobName } from './job'
import type { KubernetesOptions } from './options'
import { createPace } from './pace'
import { type Place, removeJob } from './remove-job'
import { applyTenantNamespace, namespaceOf } from './tenant-namespace'

/** A namespace is brought back to what is declared so often. */
const declaredForMs = 10 * 60_000
/** Jobs are created so far apart, those of one tenant and all: a burst must not drown the API server, nor starve others. */
const createEveryMs = { tenant: 40, all: 10 }
const goneEveryMs = 200

export type JobMaker = ReturnType<typeof createJobMaker>

/** Makes the Jobs of all tenants: each in a namespace as declared, none faster than the API server can bear. */
export function createJobMaker(
  cluster: Cluster,
  given: { instance: string; namespacePrefix: string; filesImage: string },
) {
  const { instance, namespacePrefix, filesImage } = given
  const declared = new Map<string, { done: Promise<void>; grant: ClusterGrant; untilMs: number }>()
  const paceOfTenant = createPace(createEveryMs.tenant)
  const paceOfAll = createPace(createEveryMs.all)

  /** Makes the tenant's namespace, or brings it back to what is declared, if that was not done lately. */
  async function declare(namespace: string, { key: { tenantId }, grant }: RunnerRequest): Promise<void> {
    const known = declared.get(namespace)
    const isAsGranted = known !== undefined && isDeepStrictEqual(known.grant, grant)
    if (isAsGranted && Date.now() < known.untilMs) return known.done
    const done = applyTenantNamespace(cluster, { instance, namespace, tenantId, grant })
    declared.set(namespace, { done, grant, untilMs: Date.now() + declaredForMs })
    done.catch(() => declared.delete(namespace))
    return done
  }

  /** Resolves once the tenant may make its next Job. */
  async function takeTurn(tenantId: string): Promise<void> {
    await delay(paceOfTenant(tenantId, Date.now()))
    await delay(paceOfAll('', Date.now()))
  }

  return {
    instance,
    filesImage,
    declare,
    takeTurn,
    placeOf: (request: Pick<RunnerRequest, 'key'>): Place => ({
      namespace: namespaceOf(namespacePrefix, request.key.tenantId),
      name: jobName({ instance, request }),
    }),

    /** Makes the Job of a request, or finds the one that an earlier worker made. Throws where `signal` is aborted before. */
    async create(
      place: Place,
      wanted: { request: RunnerRequest; options: KubernetesOptions; events: RunnerEvents; signal: AbortSignal },
    ): Promise<{ uid: string; isUpload: boolean; isAdopted: boolean }> {
      const { request, options, events, signal } = wanted
      const { namespace } = place
      const archive = await packSmall(request)
      const parts: JobParts = { instance, namespace, filesImage, request, options, archive }
      const secret = describeSecret(parts)
      const job = describeJob(parts)
      await declare(namespace, request)
      await takeTurn(request.key.tenantId)
      const made = { isUpload: archive === undefined }
      for (;;) {
        signal.throwIfAborted()
        await unless(409, cluster.core.createNamespacedSecret({ namespace, body: secret }), undefined)
        const created = await unless(409, createJob(cluster, namespace, job), undefined)
        if (created !== undefined) {
          await own(cluster, place, secret, created)
          return { ...made, uid: uidOf(created), isAdopted: false }
        }
        const { comesBack } = request
        const isAwaited = comesBack?.waitsSinceMs !== undefined
        const followable = await findFollowable(cluster, place, options.resume || isAwaited)
        if (followable === undefined) continue
        // It waited for room: nothing has been told of it.
        if (isAwaited) return { ...made, uid: uidOf(followable), isAdopted: true }
        events.startOver?.()
        events.notice('INFO', 'Found the Job that an earlier worker started for this attempt, and follows it.')
        return { ...made, uid: uidOf(followable), isAdopted: true }
      }
    },
  }
}

/** What the API server will never take is the flow's to mend. */
export async function createJob(cluster: Cluster, namespace: string, body: V1Job): Promise<V1Job> {
  try {
    return await cluster.batch.createNamespacedJob({ namespace, body })
  } catch (error) {
    if (codeOf(error) !== 422) throw error
    throw new RunnerRequestError(`taskRunner: the cluster refused the Job: ${reasonOf(error)}`)
  }
}

/** From now on the Secret goes with the Job, whoever removes it; it may have gone with an earlier one of that name. */
async function own(cluster: Cluster, { namespace, name }: Place, secret: V1Secret, job: V1Job): Promise<void> {
  const ownerReferences = [{ apiVersion: 'batch/v1', kind: 'Job', name, uid: uidOf(job) }]
  const owned = { namespace, name, body: { metadata: { ownerReferences } } }
  const found = await unless(404, cluster.core.patchNamespacedSecret(owned, mergePatch), undefined)
  if (found !== undefined) return
  const metadata = { ...secret.metadata, ownerReferences }
  await cluster.core.createNamespacedSecret({ namespace, body: { ...secret, metadata } })
}

/** A Job on its way out, or one that is not to be resumed, makes way for a new one. */
async function findFollowable(cluster: Cluster, place: Place, isResumed: boolean): Promise<V1Job | undefined> {
  const { namespace, name } = place
  const job = await unless(404, cluster.batch.readNamespacedJob({ namespace, name }), undefined)
  if (job === undefined) return undefined
  if (job.metadata?.deletionTimestamp === undefined && isResumed) return job
  await removeJob(cluster, place)
  await delay(goneEveryMs)
  return undefined
}

function uidOf(job: V1Job): string {
  return job.metadata?.uid ?? ''
}
