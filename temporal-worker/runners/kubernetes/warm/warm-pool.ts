/** What one worker knows of the warm pods: which it keeps a connection to, and which it is about to give back. */
import { setTimeout as delay } from 'node:timers/promises'
import type { RunnerRequest } from '../../runner'
import type { Cluster, PodRef } from '../cluster'
import { FilesConnection, MainConnection } from './use-session'
import { claimWarmPod, discardWarmPod, isIdle, listWarmPods, releaseWarmPod, type WarmPod } from './warm-pods'

/** Both ways into a pod; `unfit` says why it can serve this once only. */
export type Session = { files: FilesConnection; main: MainConnection; unfit?: string }

type Grant = NonNullable<RunnerRequest['grant']['warm']>

/** A pod that is being cleared is nearer than a new one. */
const clearedWithinMs = 3_000
const clearWithinMs = 20_000
/** A rested pod that changes each time it is looked at is left to the sweep. */
const mostTries = 5

export class WarmPool {
  readonly #cluster: Cluster
  readonly #instance: string
  readonly #sessions = new Map<string, Session>()
  /** By shape. */
  readonly #clearing = new Map<string, Set<Promise<void>>>()
  readonly #waiting = new Map<string, number>()
  /** Jobs, so that the sweep spares what is between two uses. */
  readonly #between = new Set<string>()
  /** Namespaces, one for each task that finds no room there. */
  readonly #cramped: string[] = []

  constructor(cluster: Cluster, instance: string) {
    this.#cluster = cluster
    this.#instance = instance
  }

  /** An idle pod of the shape, now the request's; the one used last, to which there may be a connection, first. */
  async claim(
    pods: WarmPod[],
    wanted: { shape: string; request: RunnerRequest; seconds: number },
  ): Promise<WarmPod | undefined> {
    const fit = pods.filter(pod => isIdle(pod) && pod.shape === wanted.shape && pod.idleUntilMs > Date.now())
    const rank = (pod: WarmPod) => (this.#sessions.has(pod.name) ? Number.POSITIVE_INFINITY : pod.idleSinceMs)
    for (const pod of fit.sort((a, b) => rank(b) - rank(a))) {
      const claimed = await claimWarmPod(this.#cluster, pod, { instance: this.#instance, ...wanted })
      if (claimed !== undefined) return claimed
    }
    return undefined
  }

  /** Whether a pod of this shape may have become free after a while. */
  async waitForCleared(shape: string): Promise<boolean> {
    const clearing = this.#clearing.get(shape) ?? new Set()
    const waiting = this.#waiting.get(shape) ?? 0
    if (waiting >= clearing.size) return false
    this.#waiting.set(shape, waiting + 1)
    try {
      const late = delay(clearedWithinMs, true, { ref: false })
      return !(await Promise.race([late, ...[...clearing].map(done => done.then(() => false))]))
    } finally {
      this.#waiting.set(shape, (this.#waiting.get(shape) ?? 1) - 1)
    }
  }

  /** The connection that waits for this pod's next use, or a new one; `isUsed`: its command may be at work. */
  async connect(pod: WarmPod, files: PodRef, isUsed: boolean): Promise<Session> {
    const kept = this.#sessions.get(pod.name)
    this.#sessions.delete(pod.name)
    return kept ?? (await openSession(this.#cluster, files, isUsed))
  }

  /** Makes a pod fit for its next use and lets go of it, or throws it away. Never rejects. */
  giveBack(pod: WarmPod, session: Session, ref: PodRef, request: RunnerRequest, grant: Grant): void {
    const { shape, name } = pod
    const clearing = this.#clearing.get(shape) ?? new Set()
    this.#clearing.set(shape, clearing)
    const done = this.#clear(pod, session, ref, request, grant).catch(async () => {
      this.#forget(name)
      closeSession(session)
      await discardWarmPod(this.#cluster, { namespace: pod.namespace, name }).catch(() => undefined)
    })
    clearing.add(done)
    this.#between.add(name)
    void done.then(() => {
      clearing.delete(done)
      this.#between.delete(name)
      if (clearing.size === 0) this.#clearing.delete(shape)
    })
  }

  async #clear(pod: WarmPod, session: Session, ref: PodRef, request: RunnerRequest, grant: Grant): Promise<void> {
    const cluster = this.#cluster
    const next = await withinTime(clearSession(cluster, session, ref))
    this.#sessions.set(pod.name, next)
    void Promise.race([next.files.ended, next.main.ended]).then(() => {
      if (this.#sessions.get(pod.name) === next) this.#forget(pod.name)
    })
    const { idleMs } = grant
    const released = await releaseWarmPod(cluster, pod, { instance: this.#instance, request, idleMs })
    if (released === undefined) throw new Error('The pod is gone')
    void delay(idleMs, undefined, { ref: false })
      .then(() => this.#throwAwayRested(released))
      .catch(() => undefined)
    await this.#trim(pod.namespace, this.#cramped.includes(pod.namespace) ? 0 : grant.pods)
  }

  /** The least recently used go first. */
  async #trim(namespace: string, most: number): Promise<void> {
    const idle = (await listWarmPods(this.#cluster, this.#instance, namespace)).filter(isIdle)
    const beyond = idle.sort((a, b) => b.idleSinceMs - a.idleSinceMs).slice(most)
    await Promise.all(beyond.map(pod => this.#throwAway(pod)))
  }

  /** Whether this worker is about to give the pod of a Job back. */
  isBetween(name: string): boolean {
    return this.#between.has(name)
  }

  /** Where the cluster has no room for a pod of this tenant: those that wait make way, until what is returned is called. */
  makeRoom(namespace: string): () => void {
    this.#cramped.push(namespace)
    void this.#trim(namespace, 0).catch(() => undefined)
    return () => this.#cramped.splice(this.#cramped.indexOf(namespace), 1)
  }

  /** Its Job may have changed meanwhile without being used: then it is looked at again. */
  async #throwAwayRested({ namespace, name }: WarmPod): Promise<void> {
    for (let tries = 0; tries < mostTries; tries++) {
      const pod = (await listWarmPods(this.#cluster, this.#instance, namespace)).find(found => found.name === name)
      if (pod === undefined || !isIdle(pod) || pod.idleUntilMs > Date.now()) return
      if (await discardWarmPod(this.#cluster, pod)) return this.#forget(name)
    }
  }

  async #throwAway(pod: WarmPod): Promise<void> {
    if (await discardWarmPod(this.#cluster, pod)) this.#forget(pod.name)
  }

  #forget(name: string): void {
    const session = this.#sessions.get(name)
    this.#sessions.delete(name)
    if (session !== undefined) closeSession(session)
  }
}

async function openSession(cluster: Cluster, files: PodRef, isUsed: boolean): Promise<Session> {
  const [toFiles, main] = await Promise.all([
    FilesConnection.open(cluster, files),
    MainConnection.open(cluster, { ...files, container: 'main' }),
  ])
  if (isUsed) return { files: toFiles, main, unfit: 'it was found at work' }
  const answer = await main.clear()
  return { files: toFiles, main, ...(answer !== 'clean' && { unfit: answer }) }
}

/** First nothing runs any more, then what it left goes. */
async function clearSession(cluster: Cluster, session: Session, ref: PodRef): Promise<Session> {
  session.main.close()
  const main = await MainConnection.open(cluster, { ...ref, container: 'main' })
  const answer = await main.clear()
  if (answer !== 'clean' || !(await session.files.wipe())) {
    main.close()
    throw new Error(`The pod is not as before: ${answer}`)
  }
  return { files: session.files, main }
}

export function closeSession({ files, main }: Session): void {
  files.close()
  main.close()
}

async function withinTime<T>(work: Promise<T>): Promise<T> {
  const late = delay(clearWithinMs, undefined, { ref: false }).then(() => {
    throw new Error('It takes too long')
  })
  return await Promise.race([work, late])
}
