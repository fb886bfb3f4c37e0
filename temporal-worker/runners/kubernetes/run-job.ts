import { NoRoomError, type RunnerEvents, type RunnerRequest, type RunnerResult } from '../runner'
import { superviseStop } from '../stopping'
import type { Cluster } from './cluster'
import type { JobMaker } from './create-job'
import { followJob } from './follow-job'
import { killedExitCode } from './how-it-ended'
import type { KubernetesOptions } from './options'
import { type PodWatch, watchPod } from './pod-watch'
import { type Place, removeJob } from './remove-job'
import { givesUpAtMs, type Room } from './room'
import { signalCommand } from './scripts'
import { forcedEnd, mainOf, tellMain } from './stop-main'

/** From the request to its result: makes a Job, follows it, stops it when the task is, and removes it. */
export async function runJob(given: {
  cluster: Cluster
  maker: JobMaker
  room: Room
  request: RunnerRequest
  options: KubernetesOptions
  events: RunnerEvents
  signal: AbortSignal
}): Promise<RunnerResult> {
  const { cluster, maker, room, request, options, events, signal } = given
  const place = maker.placeOf(request)
  let watch: PodWatch | undefined
  const forced = new AbortController()
  // The task's own timeout wins over the runner's.
  const limits = { ...request.limits, deadlineMs: request.limits.deadlineMs ?? options.waitUntilCompletion }
  let isKept = !options.delete
  let arrived: (() => void) | undefined
  const main = () => watch && mainOf(place.namespace, watch)
  const stopping = superviseStop(limits, signal, name =>
    tellMain(cluster, { main, commands: signalCommand, forced }, name),
  )
  try {
    await lookForRoom(given, place)
    room.takeUp(place)
    arrived = room.expect(place)
    const created = await maker.create(place, { request, options, events, signal: stopping.signal })
    watch = watchPod(cluster, { namespace: place.namespace, job: place.name, uid: created.uid })
    void watch.until(() => true).then(arrived)
    const run = { ...place, request, options, events, stopping, watch, ...created }
    return await Promise.race([followJob(cluster, run), forcedEnd(forced.signal, stopping)])
  } catch (error) {
    const reason = stopping.reason()
    if (reason !== undefined) return { exitCode: killedExitCode, reason, details: {} }
    if (error instanceof NoRoomError) {
      room.crowded(place)
      // Without a pod it has no place in any queue, and might begin with nobody there.
      isKept = watch?.pod() !== undefined
      if (isKept) room.leave(place, request.key)
    }
    throw error
  } finally {
    stopping.dispose()
    arrived?.()
    watch?.stop()
    if (!isKept) await removeJob(cluster, place)
  }
}

/** Makes nothing for a tenant that is known to be at its quota. */
async function lookForRoom(
  { room, request, options, events }: Parameters<typeof runJob>[0],
  place: Place,
): Promise<void> {
  if (request.comesBack === undefined || request.comesBack.waitsSinceMs !== undefined) return
  const usedUp = await room.usedUp(place, request.grant)
  if (usedUp === undefined) return
  const problem = `the quota of the tenant is used up, ${usedUp}`
  events.notice('WARN', `The pod does not run yet: ${problem}`)
  throw new NoRoomError(problem, givesUpAtMs(request, options))
}
