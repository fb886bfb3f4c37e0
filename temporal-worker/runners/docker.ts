import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import Docker from 'dockerode'
import { cachedAvailability } from './availability'
import { describeContainer, outputDir, workingDir } from './docker/container'
import { getFiles, openToAll, putFiles } from './docker/files'
import { ImageError, pullImage } from './docker/image'
import { createLogReader } from './docker/logs'
import { type DockerOptions, parseDockerOptions } from './docker/options'
import { keyLabels, keyOfLabels } from './labels'
import {
  cancelledBeforeStart,
  outputFolder,
  type Runner,
  type RunnerEvents,
  type RunnerRequest,
  type RunnerResult,
} from './runner'
import { type Stopping, superviseStop } from './stopping'

export type DockerRunnerOptions = {
  /** Names this installation, so that a sweep never touches another one's containers. */
  instance: string
  /** The daemon; by default that of `DOCKER_HOST` or the usual socket. */
  docker?: Docker
  /**
   * Whether the daemon sees this machine's folders, so that files need not be copied. By default it is tried, if this
   * process is root: what a container's root writes nobody else could remove.
   */
  sharesFiles?: boolean
}

/** As the `docker` command reports what the daemon refused. */
const daemonRefused = 125
/** Following misses a few entries at most; reading more would make the daemon search a large log. */
const lastEntries = 1000

/** Runs each command in a container of its own, removed afterwards. A container outlives its worker and is adopted by the next. */
export function createDockerRunner(options: DockerRunnerOptions): Runner {
  const docker = options.docker ?? new Docker()
  const runs = new ContainerRuns(docker, options.instance, options.sharesFiles ?? process.getuid?.() === 0)
  const availability = cachedAvailability(() => docker.ping())
  return {
    name: 'docker',
    isAvailable: availability,
    paths: () => ({ workingDir, outputDir }),

    async run(request, events, signal) {
      const parsed = parseDockerOptions(request.options, request.docker)
      if (signal.aborted) return cancelledBeforeStart
      return await runs.run(request, parsed, events, signal)
    },

    async sweep(isLive) {
      if (!(await availability())) return 0
      const label = [`${keyLabels.instance}=${options.instance}`]
      let removed = 0
      for (const { Id, Labels } of await docker.listContainers({ all: true, filters: { label } })) {
        if (Labels[keyLabels.keep] !== undefined || (await isLive(keyOfLabels(Labels)))) continue
        await removeContainer(docker.getContainer(Id))
        removed++
      }
      return removed
    },
  }
}

/** Never started, or on its way out. */
const notFollowable = new Set(['created', 'removing', 'dead'])

type Created = { container: Docker.Container; isAdopted: boolean; isMounted: boolean }

/** The life of one container at a time; remembers of the daemon whether it sees this machine's folders. */
class ContainerRuns {
  readonly #docker: Docker
  readonly #instance: string
  #sharesFiles: boolean

  constructor(docker: Docker, instance: string, sharesFiles: boolean) {
    this.#docker = docker
    this.#instance = instance
    this.#sharesFiles = sharesFiles
  }

  async run(
    request: RunnerRequest,
    options: DockerOptions,
    events: RunnerEvents,
    signal: AbortSignal,
  ): Promise<RunnerResult> {
    let container: Docker.Container | undefined
    const stopping = superviseStop(request.limits, signal, name => {
      container?.kill({ signal: name }).catch(ignoreGone)
    })
    try {
      const created = await this.#create(request, options, events, stopping)
      container = created.container
      return await follow(created, request, events, stopping)
    } catch (error) {
      const reason = stopping.reason()
      if (reason !== undefined) return { exitCode: 137, reason, details: {} }
      if (!(error instanceof ImageError)) throw error
      events.notice('ERROR', error.message)
      return { exitCode: daemonRefused, reason: 'image', details: {} }
    } finally {
      stopping.dispose()
      if (container !== undefined && options.delete) await removeContainer(container)
    }
  }

  async #create(
    request: RunnerRequest,
    options: DockerOptions,
    events: RunnerEvents,
    stopping: Stopping,
  ): Promise<Created> {
    const pull = () => pullImage(this.#docker, request.image, options, events, stopping.signal)
    if (options.pullPolicy === 'ALWAYS') await pull()
    let hasPulled = options.pullPolicy !== 'IF_NOT_PRESENT'
    await mkdir(join(request.hostDir, outputFolder), { recursive: true })
    for (;;) {
      const isMounted = this.#sharesFiles
      if (isMounted) await openToAll(request.hostDir)
      const spec = describeContainer(this.#instance, request, options, isMounted)
      try {
        return { container: await this.#docker.createContainer(spec), isAdopted: false, isMounted }
      } catch (error) {
        const adopted = await this.#recover(error as DaemonError, {
          request,
          options,
          events,
          isMounted,
          hasPulled,
          name: spec.name ?? '',
        })
        if (adopted !== 'retry' && adopted !== 'pull') return adopted
        if (adopted === 'pull') {
          await pull()
          hasPulled = true
        }
      }
    }
  }

  /** What to do about a container that the daemon did not create. */
  async #recover(
    error: DaemonError,
    tried: {
      request: RunnerRequest
      options: DockerOptions
      events: RunnerEvents
      isMounted: boolean
      hasPulled: boolean
      name: string
    },
  ): Promise<Created | 'retry' | 'pull'> {
    const { request, options, events } = tried
    const message = error.json?.message ?? error.message
    if (error.statusCode === 404) {
      if (!tried.hasPulled) return 'pull'
      throw new ImageError(`Image ${request.image} is not there, and pullPolicy is ${options.pullPolicy}: ${message}`)
    }
    if (tried.isMounted && /bind source path does not exist/.test(message)) {
      this.#sharesFiles = false
      return 'retry'
    }
    if (error.statusCode === 409) {
      const adopted = await adopt(this.#docker, tried.name, request, options)
      if (adopted === undefined) return 'retry'
      events.startOver?.()
      events.notice('INFO', 'Found the container that an earlier worker started for this attempt, and follows it.')
      return adopted
    }
    if (error.statusCode === 400) throw new ImageError(`Docker refused a container of ${request.image}: ${message}`)
    throw error
  }
}

/** Takes over a container of the same attempt; one that never started, or is not to be resumed, makes way for a new one. */
async function adopt(
  docker: Docker,
  name: string,
  request: RunnerRequest,
  options: DockerOptions,
): Promise<Created | undefined> {
  const found = await docker.getContainer(name).inspect().catch(ignoreGone)
  if (found === undefined) return undefined
  const { Id, State, Mounts } = found
  const container = docker.getContainer(Id)
  if (notFollowable.has(State.Status) || !options.resume) {
    await removeContainer(container)
    return undefined
  }
  const isMounted = Mounts.some(mount => mount.Destination === workingDir && mount.Source === request.hostDir)
  return { container, isAdopted: true, isMounted }
}

/** From files in to files out. */
async function follow(
  { container, isAdopted, isMounted }: Created,
  request: RunnerRequest,
  events: RunnerEvents,
  stopping: Stopping,
): Promise<RunnerResult> {
  const details = { containerId: container.id }
  if (!isAdopted) {
    if (!isMounted) await putFiles(container, request.hostDir)
    const refused = await start(container, request, events)
    if (refused !== undefined) return { ...refused, details }
    // A stop that came before the start found nothing to stop.
    if (stopping.reason() !== undefined) await container.kill().catch(ignoreGone)
  }
  const exitCode = await readToEnd(container, events)
  if (!isMounted) await getFiles(container, request, events)
  const reason = stopping.reason() ?? ((await hasRunOutOfMemory(container, events)) ? 'oom' : undefined)
  return { exitCode, ...(reason && { reason }), details }
}

const killedExitCode = 137
const oomNewsTries = 6
const oomNewsEveryMs = 50

/**
 * Whether memory ran out. The daemon hears of it apart from the end, maybe later; under cgroup v1 maybe never: then a
 * container that nobody stopped and that was killed under a limit of memory is taken for it, and the log says so.
 */
async function hasRunOutOfMemory(container: Docker.Container, events: RunnerEvents): Promise<boolean> {
  for (let tries = 0; tries < oomNewsTries; tries++) {
    const { State, HostConfig } = await container.inspect()
    if (State.OOMKilled) return State.ExitCode !== 0
    if (State.ExitCode !== killedExitCode || !HostConfig.Memory) return false
    await delay(oomNewsEveryMs)
  }
  events.notice('WARN', 'The container was killed under a limit of memory: most likely it wanted more.')
  return true
}

/** The daemon's log is complete when it says that the container has ended. */
async function readToEnd(container: Docker.Container, events: RunnerEvents): Promise<number> {
  const both = { stdout: true, stderr: true, timestamps: true }
  const reader = createLogReader(events)
  const exited: Promise<{ StatusCode: number }> = container.wait()
  // A daemon that goes away fails both calls; the one that nobody waits for yet would end this process.
  exited.catch(() => undefined)
  const following = await container.logs({ ...both, follow: true })
  const [{ StatusCode }] = await Promise.all([exited, reader.follow(following as unknown as Readable)])
  const rest = await container.logs({ ...both, follow: false, since: reader.restSince(), tail: lastEntries })
  await reader.rest(Readable.from([rest]))
  return StatusCode
}

/** A command that the image does not have ends as a shell would end it. */
async function start(
  container: Docker.Container,
  request: RunnerRequest,
  events: RunnerEvents,
): Promise<{ exitCode: number } | undefined> {
  try {
    await container.start()
    return undefined
  } catch (error) {
    const message = (error as DaemonError).json?.message ?? String(error)
    events.notice('ERROR', `Can't start ${request.command[0]} in image ${request.image}: ${message}`)
    if (/not found|no such file/i.test(message)) return { exitCode: 127 }
    return { exitCode: /permission denied/i.test(message) ? 126 : daemonRefused }
  }
}

type DaemonError = Error & { statusCode?: number; json?: { message?: string } }

async function removeContainer(container: Docker.Container): Promise<void> {
  await container.remove({ force: true, v: true }).catch(ignoreGone)
}

/** 404: removed already; 409: being removed, or not running any more. */
function ignoreGone(error: DaemonError): undefined {
  if (error.statusCode !== 404 && error.statusCode !== 409) throw error
}
