import { readFile, writeFile } from 'node:fs/promises'

export type Timings = { medianMs: number; p95Ms: number; p99Ms: number; minMs: number }

/** Runs `step` one after another and summarises how long each took; the first `warmUps` are not counted. */
export async function timeEach(
  count: number,
  step: (index: number) => Promise<unknown>,
  warmUps = 3,
): Promise<Timings> {
  const samples: number[] = []
  for (let index = -warmUps; index < count; index++) {
    const began = performance.now()
    await step(index)
    if (index >= 0) samples.push(performance.now() - began)
  }
  return summarise(samples)
}

export function summarise(samples: number[]): Timings {
  const sorted = samples.toSorted((a, b) => a - b)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
  return { medianMs: at(0.5), p95Ms: at(0.95), p99Ms: at(0.99), minMs: at(0) }
}

export async function timeOnce(step: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await step()
  return performance.now() - began
}

/** The median of `count` runs of something that is too long to run fifty times. */
export async function medianOf(count: number, step: () => Promise<unknown>): Promise<number> {
  const samples: number[] = []
  for (let index = 0; index < count; index++) samples.push(await timeOnce(step))
  return summarise(samples).medianMs
}

/** Starts `total` steps with at most `clients` at once; resolves with how many ended per second. */
export async function perSecond(total: number, clients: number, step: (index: number) => Promise<unknown>) {
  let next = 0
  async function client() {
    while (next < total) await step(next++)
  }
  const ms = await timeOnce(() => Promise.all(Array.from({ length: clients }, client)))
  return (total * 1000) / ms
}

/** Resident memory of a process and, for its whole life, the highest it has been; MiB. */
export async function memoryOf(pid: number): Promise<{ nowMiB: number; peakMiB: number }> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  const kib = (field: string) => Number(status.match(new RegExp(`${field}:\\s+(\\d+) kB`))?.[1] ?? Number.NaN)
  return { nowMiB: kib('VmRSS') / 1024, peakMiB: kib('VmHWM') / 1024 }
}

/** Forgets the highest memory use so far, so that `peakMiB` is that of what follows. */
export async function resetPeak(pid: number): Promise<void> {
  await writeFile(`/proc/${pid}/clear_refs`, '5')
}
