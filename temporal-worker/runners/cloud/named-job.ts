import { setTimeout as delay } from 'node:timers/promises'
import { asking, patiently, unless } from './refusal'
import type { CloudJobs, JobState } from './run-job'

/** A job whose id follows from the attempt: the vendor refuses a second. Requests throw what the vendor's library throws. */
export type NamedJob = {
  vendor: string
  id: string
  create(kitUrl: string): Promise<unknown>
  look(): Promise<NamedJobState>
  stop(): Promise<unknown>
  remove(): Promise<unknown>
}

/** `isLeaving` where it is being removed. */
export type NamedJobState = JobState & { isLeaving?: boolean }

const goneEveryMs = 1000
const gone: NamedJobState = {
  phase: 'gone',
  isWaiting: false,
  isOver: true,
  why: 'somebody removed it',
  reason: 'evicted',
}

export function jobsOfOne(job: NamedJob): CloudJobs {
  const { vendor, id } = job
  const look = () => asking(vendor, `look at the job ${id}`, () => patiently(() => unless(404, job.look, gone)))

  /** One on its way out holds its name until it is gone. */
  async function makeRoom(): Promise<void> {
    for (;;) {
      const { phase, isLeaving } = await look()
      if (phase === gone.phase) return
      if (!isLeaving) await unless(404, job.remove, undefined)
      await delay(goneEveryMs)
    }
  }

  return {
    async find() {
      const { phase, isLeaving } = await look()
      return phase === gone.phase || isLeaving ? undefined : id
    },
    async start(kitUrl) {
      const create = () => asking(vendor, `create the job ${id}`, () => unless(409, () => job.create(kitUrl), 'exists'))
      while ((await create()) === 'exists') await makeRoom()
      return id
    },
    look,
    stop: async () => void (await unless(404, job.stop, undefined)),
    remove: async () => void (await unless(404, job.remove, undefined)),
  }
}
