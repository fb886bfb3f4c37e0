import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from '#infra/local/build'
import { accessRows } from './access'
import { type Api, connectApi } from './api'
import { type BareTemporal, startBareTemporal } from './bare-temporal'
import { fairnessRows } from './fairness'
import { fiboScript, flows, namespace } from './flows'
import { kubernetesRows } from './kubernetes'
import { largeRows } from './large'
import { dockerRows, processRows } from './local-runners'
import { medianOf, memoryOf, perSecond, resetPeak, timeEach, timeOnce } from './measure'
import { printTable, type Row, writeReport } from './report'
import { scheduleRows } from './schedules'
import { type BenchStack, startStack } from './stack'
import { webhookRows } from './webhooks'

const downloadBytes = 1024 ** 3
const wanted = process.argv.slice(2)

/** Measures the product beside bare counterparts in one run, all groups or those named. @example `npm run bench -- webhooks` */
async function main(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'millrace-bench-'))
  const first = await startStack(join(folder, 'data'))
  await first.stop()
  const stack = await startStack(join(folder, 'data'), first.token)
  const bare = await startBareTemporal(stack.temporalAddress)
  try {
    const api = connectApi({ ...stack, namespace })
    for (const flow of Object.values(flows)) await api.saveFlow(flow)
    const groups: Record<string, () => Promise<Row[]>> = {
      start: async () => startRows(first, stack),
      memory: () => memoryRows(stack),
      access: () => accessRows(api, stack),
      steps: () => stepRows(api, bare),
      loops: () => loopRows(api, bare),
      scripts: () => scriptRows(api),
      download: () => downloadRows(api, stack, folder),
      process: processRows,
      docker: dockerRows,
      kubernetes: kubernetesRows,
      large: () => largeRows(api, stack.pids.worker ?? 0),
      fairness: () => fairnessRows(stack),
      webhooks: () => webhookRows(api, bare, stack),
      schedules: () => scheduleRows(api, bare),
    }
    const rows: Row[] = []
    for (const [name, measure] of Object.entries(groups)) {
      if (wanted.length > 0 && !wanted.includes(name)) continue
      const measured = await measure()
      // At once: a group that fails later takes nothing with it.
      printTable(measured)
      rows.push(...measured)
    }
    const file = join(root, '.millrace/bench.json')
    await writeReport(file, rows)
    console.log(`\nWritten to ${file}`)
  } finally {
    await bare.stop()
    await stack.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

function startRows(first: BenchStack, second: BenchStack): Row[] {
  return [
    { group: 'start', what: 'npm start, new data folder', unit: 's', value: first.readyMs / 1000 },
    { group: 'start', what: 'npm start again', unit: 's', value: second.readyMs / 1000 },
  ]
}

async function memoryRows(stack: BenchStack): Promise<Row[]> {
  const parts = Object.entries(stack.pids)
  return Promise.all(
    parts.map(async ([part, pid]) => {
      return { group: 'idle memory', what: part, unit: 'MiB' as const, value: (await memoryOf(pid)).nowMiB }
    }),
  )
}

async function stepRows(api: Api, bare: BareTemporal): Promise<Row[]> {
  const ours = await timeEach(50, () => api.run('three-returns'), 10)
  const theirs = await timeEach(50, () => bare.runSteps(3), 10)
  const oneLog = await timeEach(50, () => api.run('one-log'), 10)
  const burst = await perSecond(100, 100, () => api.run('three-returns'))
  const bareBurst = await perSecond(100, 100, () => bare.runSteps(3))
  const stream = await perSecond(1000, 20, () => api.run('one-log'))
  const bareStream = await perSecond(1000, 20, () => bare.runSteps(1))
  const activities = 'three bare activities'
  return [
    row('3 Returns', 'median', 'ms', ours.medianMs, activities, theirs.medianMs),
    row('3 Returns', 'p95', 'ms', ours.p95Ms, activities, theirs.p95Ms),
    row('3 Returns', '100 at once', 'per s', burst, activities, bareBurst),
    { group: 'one Log', what: 'median', unit: 'ms', value: oneLog.medianMs },
    { group: 'one Log', what: 'p95', unit: 'ms', value: oneLog.p95Ms },
    row('one Log', '1,000 by 20 clients', 'per s', stream, 'one bare activity', bareStream),
  ]
}

async function loopRows(api: Api, bare: BareTemporal): Promise<Row[]> {
  const sequential = await medianOf(3, () => api.run('hundred-returns'))
  const bareSequential = await medianOf(3, () => bare.runSteps(100))
  const each = await medianOf(3, () => api.run('foreach-hundred'))
  return [
    row('loops', '100 sequential Returns', 's', sequential / 1000, '100 bare activities', bareSequential / 1000),
    { group: 'loops', what: 'ForEach over 100, unlimited', unit: 's', value: each / 1000 },
  ]
}

async function scriptRows(api: Api): Promise<Row[]> {
  const echoes = await medianOf(3, () => api.run('parallel-echoes'))
  const bareEchoes = await medianOf(3, () =>
    Promise.all(Array.from({ length: 40 }, (_, n) => runProgram('/bin/sh', ['-c', `echo ${n}`]))),
  )
  const light = await medianOf(3, () => api.run('fibo-10'))
  const bareLight = await medianOf(3, () => plainLoop(40, 10))
  const heavy = await medianOf(3, () => api.run('fibo-33'))
  const bareHeavy = await medianOf(3, () => plainLoop(10, 33))
  const loop = 'plain loop'
  return [
    row('scripts', 'Parallel of 40 shell echoes', 's', echoes / 1000, '40 shells at once', bareEchoes / 1000),
    row('scripts', '40 Python fibo(10)', 's', light / 1000, loop, bareLight / 1000),
    { group: 'scripts', what: 'overhead per light task', unit: 'ms', value: (light - bareLight) / 40 },
    row('scripts', '10 Python fibo(33)', 's', heavy / 1000, loop, bareHeavy / 1000),
    { group: 'scripts', what: 'overhead per heavy task', unit: 'ms', value: (heavy - bareHeavy) / 10 },
  ]
}

async function plainLoop(times: number, n: number): Promise<void> {
  for (let index = 0; index < times; index++) await runProgram('python3', ['-c', fiboScript(n)])
}

async function runProgram(command: string, args: string[]): Promise<void> {
  const [code] = await once(spawn(command, args, { stdio: 'ignore' }), 'exit')
  if (code !== 0) throw new Error(`${command} ended with ${code}`)
}

async function downloadRows(api: Api, stack: BenchStack, folder: string): Promise<Row[]> {
  const source = await serveBytes()
  try {
    const worker = stack.pids.worker ?? 0
    await resetPeak(worker)
    const ours = await timeOnce(() => api.run('download', { uri: `${source.url}/${downloadBytes}` }))
    const { peakMiB } = await memoryOf(worker)
    const file = join(folder, 'by-curl')
    const theirs = await timeOnce(() => runProgram('curl', ['-sS', '-o', file, `${source.url}/${downloadBytes}`]))
    const smallUri = `${source.url}/${100 * 1024 ** 2}`
    const small = await medianOf(3, () => api.run('download', { uri: smallUri }))
    // After the gigabytes before, the disk is busy for both.
    const theirSmall = await medianOf(3, () => runProgram('curl', ['-sS', '-o', file, smallUri]))
    const speed = (ms: number) => downloadBytes / 1e6 / (ms / 1000)
    return [
      row('download', '1 GiB into storage', 'MB/s', speed(ours), 'curl into a file', speed(theirs)),
      { group: 'download', what: "worker's peak memory", unit: 'MiB', value: peakMiB },
      row('download', '100 MiB into storage', 's', small / 1000, 'curl into a file', theirSmall / 1000),
    ]
  } finally {
    source.stop()
  }
}

/** Serves `/<n>`: n bytes. */
async function serveBytes(): Promise<{ url: string; stop(): void }> {
  const chunk = Buffer.alloc(1024 ** 2, 'millrace ')
  const server = createServer(async (request, response) => {
    const length = Number(request.url?.slice(1))
    response.writeHead(200, { 'content-length': length, 'content-type': 'application/octet-stream' })
    for (let sent = 0; sent < length; sent += chunk.length) {
      if (!response.write(chunk.subarray(0, length - sent))) await once(response, 'drain')
    }
    response.end()
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, stop: () => server.close() }
}

function row(group: string, what: string, unit: Row['unit'], value: number, baseline: string, bare: number): Row {
  return { group, what, unit, value, baseline: { what: baseline, value: bare } }
}

await main()
