import { setTimeout as delay } from 'node:timers/promises'
import type { RunnerResult } from '../runner'
import { type Cluster, execToEnd, type PodRef } from './cluster'
import { fetchFiles, uploadFiles } from './files'
import { followToEnd } from './follow-output'
import { type Ending, endOfMain, endWithoutFiles } from './how-it-ended'
import type { KubernetesOptions } from './options'
import type { Place } from './remove-job'
import { fetchedCommand, isReadyCommand } from './scripts'
import { waitUntilBegun } from './wait-until-begun'

export type JobRun = Ending & Place & { options: KubernetesOptions; isUpload: boolean; isAdopted: boolean }

const newsWithinMs = 3000

/** From the pod's start to files out. */
export async function followJob(cluster: Cluster, run: JobRun): Promise<RunnerResult> {
  const notBegun = await waitUntilBegun(cluster, run)
  if (notBegun !== undefined) return notBegun
  const pod = run.watch.pod()?.metadata?.name ?? ''
  const details = { jobName: run.name, podName: pod, namespace: run.namespace }
  const files: PodRef = { namespace: run.namespace, pod, container: 'files', gone: run.watch.lost }
  if (run.isUpload && !(await isReady(cluster, files, run))) await uploadFiles(cluster, files, run.request)
  try {
    const ended = await followToEnd(cluster, files, { ...run, isGone: () => run.watch.lost.aborted })
    if (ended === undefined) return { ...(await endWithoutFiles(run)), details }
    const end = await endOfMain(run, ended.told)
    await fetchFiles(cluster, files, { request: run.request, names: ended.names, events: run.events })
    if (!run.options.delete) await execToEnd(cluster, files, { command: fetchedCommand, what: 'end the pod' })
    return { ...end, details }
  } catch (error) {
    // That the pod is gone may be seen a little later than felt.
    await delay(newsWithinMs, undefined, { signal: run.watch.lost, ref: false }).catch(() => undefined)
    if (!run.watch.lost.aborted) throw error
    return { ...(await endWithoutFiles(run)), details }
  }
}

/** Of an adopted pod: whether its files were put into it already. */
async function isReady(cluster: Cluster, files: PodRef, run: JobRun): Promise<boolean> {
  if (!run.isAdopted) return false
  const asked = execToEnd(cluster, files, { command: isReadyCommand, what: 'look for the input files' })
  return await asked.then(
    () => true,
    () => false,
  )
}
