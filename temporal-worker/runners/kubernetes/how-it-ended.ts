/** How a command ended: as its shell told, or, where that was ended with it, as the cluster says. */
import type { RunnerEvents, RunnerRequest, RunnerResult } from '../runner'
import type { Stopping } from '../stopping'
import { containerOf, hasEnded, isOver, type PodWatch } from './pod-watch'

export type Ending = { request: RunnerRequest; events: RunnerEvents; stopping: Stopping; watch: PodWatch }
type End = Omit<RunnerResult, 'details'>

export const killedExitCode = 137
/** By a signal that may have been the cluster's own: it says so a little later. */
const signalled = new Set([killedExitCode, 143])
const startErrors = new Set(['StartError', 'ContainerCannotRun'])

/** Its image has no shell, or the machine no room: then the command never began. */
export function hasFailedToStart(pod: ReturnType<PodWatch['pod']>): boolean {
  const { reason = '' } = containerOf(pod, 'main')?.state?.terminated ?? {}
  return startErrors.has(reason) || pod === undefined || isOver(pod)
}

/** The pod was ended under the command: what it left is gone with it. */
export async function endWithoutFiles(run: Ending): Promise<End> {
  run.events.notice('WARN', 'The pod ended before all was read: the last lines and the output files are missing.')
  const stopped = run.stopping.reason()
  if (stopped !== undefined) return { exitCode: killedExitCode, reason: stopped }
  return asTheClusterSays(run, undefined, run.watch.pod())
}

/** `told` is what the pod's shell wrote: an exit code, `missing`, or `gone`. */
export async function endOfMain(run: Ending, told: string): Promise<End> {
  const { request, events, stopping, watch } = run
  if (told === 'missing') {
    events.notice('ERROR', `Can't start ${request.command[0]} in image ${request.image}: it is not found there`)
    return { exitCode: 127 }
  }
  const code = /^\d+$/.test(told) ? Number(told) : undefined
  const stopped = stopping.reason()
  if (stopped !== undefined) return { exitCode: code ?? killedExitCode, reason: stopped }
  if (code === 0) return { exitCode: code }
  if (code !== undefined && !signalled.has(code) && !watch.isTakenAway()) return { exitCode: code }
  return asTheClusterSays(run, code, await watch.until(pod => hasEnded(pod, 'main')))
}

export function asTheClusterSays(
  { request, events, watch }: Ending,
  code: number | undefined,
  pod: ReturnType<PodWatch['pod']>,
): End {
  const ended = containerOf(pod, 'main')?.state?.terminated
  const exitCode = code ?? ended?.exitCode ?? killedExitCode
  if (ended?.reason === 'OOMKilled') return { exitCode, reason: 'oom' }
  if (startErrors.has(ended?.reason ?? '')) {
    events.notice('ERROR', `Can't start image ${request.image}, which needs a /bin/sh: ${ended?.message ?? ''}`)
    return { exitCode: 127 }
  }
  if (watch.isTakenAway()) {
    const { reason = 'it is gone', message = '' } = pod?.status ?? {}
    if (reason === 'DeadlineExceeded') return { exitCode, reason: 'deadline' }
    events.notice('ERROR', `The cluster ended the pod: ${reason}${message === '' ? '' : `: ${message}`}`)
    return { exitCode, reason: 'evicted' }
  }
  return { exitCode }
}
