import type { KubeConfig } from '@kubernetes/client-node'
import { cachedAvailability } from './availability'
import { connectCluster } from './kubernetes/cluster'
import { createJobMaker } from './kubernetes/create-job'
import { parseKubernetesOptions } from './kubernetes/options'
import { removeJob } from './kubernetes/remove-job'
import { createRoom } from './kubernetes/room'
import { runJob } from './kubernetes/run-job'
import { workingDir } from './kubernetes/scripts'
import { sweepJobs } from './kubernetes/sweep-jobs'
import { sweepNamespaces } from './kubernetes/sweep-namespaces'
import { namespaceOf, removeTenantNamespace } from './kubernetes/tenant-namespace'
import { runWarm, whyCold } from './kubernetes/warm/run-warm'
import { WarmPool } from './kubernetes/warm/warm-pool'
import { cancelledBeforeStart, outputFolder, type Runner } from './runner'

export type KubernetesRunnerOptions = {
  /** Names this installation, so that a sweep never touches another one's Jobs. */
  instance: string
  config: KubeConfig
  /** A tenant's tasks run in the namespace `<prefix>-<tenant>`. */
  namespacePrefix: string
  /** An image with busybox, for the container that carries files. */
  filesImage: string
}

/** Runs each command as a Job in its tenant's namespace. A Job outlives its worker and is adopted by the next. */
export function createKubernetesRunner(options: KubernetesRunnerOptions): Runner {
  const cluster = connectCluster(options.config)
  const maker = createJobMaker(cluster, options)
  const room = createRoom(cluster)
  const pool = new WarmPool(cluster, options.instance)
  const isAvailable = cachedAvailability(() => cluster.version.getCode())
  return {
    name: 'kubernetes',
    isAvailable,
    paths: () => ({ workingDir, outputDir: `${workingDir}/${outputFolder}` }),

    async run(request, events, signal) {
      const parsed = parseKubernetesOptions(request.options, request.grant)
      if (signal.aborted) {
        if (request.comesBack?.waitsSinceMs !== undefined) await removeJob(cluster, maker.placeOf(request))
        return cancelledBeforeStart
      }
      const given = { cluster, maker, room, pool, request, options: parsed, events, signal }
      if (request.grant.warm === undefined) return await runJob(given)
      const cold = whyCold(request, parsed)
      if (cold === undefined) return await runWarm(given)
      events.notice('DEBUG', `cold: ${cold}`)
      return await runJob(given)
    },

    async sweep(isLive) {
      if (!(await isAvailable())) return 0
      return await sweepJobs(cluster, options.instance, { isLive, isBetween: name => pool.isBetween(name) })
    },

    forgetTenant: tenantId =>
      removeTenantNamespace(cluster, { namespace: namespaceOf(options.namespacePrefix, tenantId), tenantId }),

    // Idle warm pods count as used, and are as good as room.
    hasRoom: async request =>
      request.grant.warm !== undefined || (await room.isThere(maker.placeOf(request), request.grant)),
    sweepWaiting: room.sweep,

    async sweepTenants(tenants) {
      if (!(await isAvailable())) return 0
      return await sweepNamespaces(cluster, { instance: options.instance, tenants, nowMs: Date.now() })
    },
  }
}
