/** The three places where a script runs, each with the stages of a task run at which its worker can be lost there. */
import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { existsSync, watch } from 'node:fs'
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import type { V1Pod } from '@kubernetes/client-node'
import { connectCluster } from '#worker/runners/kubernetes/cluster'
import { endCommand, fetchCommand, followCommand } from '#worker/runners/kubernetes/scripts'
import { namespaceOf } from '#worker/runners/kubernetes/tenant-namespace'
import { keyLabels } from '#worker/runners/labels'
import { startDocker } from '../harness/docker'
import { loadKubeConfig, tapCluster } from '../harness/kubernetes'
import { type Call, type Moment, startTap, type Tap } from '../harness/tap'

/** Calls `kill` at the next moment at which a task run is at this stage; resolves then. */
export type Stage = (kill: () => void) => Promise<void>

export type Place = {
  /** Of the worker. */
  env: Record<string, string>
  /** Of the flow's tasks. */
  taskRunner: string
  /** Shell that tells this place that a script has come to a mark. */
  tell(mark: string): string
  stages: Record<string, Stage>
  /** How often the script of each task run has been started. */
  starts(): Map<string, number>
  /** Task runs whose container or Job was told to go: what was lost with their worker then has to run again. */
  removed(): Set<string>
  /** What is there of any task run. */
  left(): Promise<string[]>
  /** To be called once the tenant is known. */
  watch(tenantId: string): Promise<void>
  stop(): Promise<void>
}

export async function startProcesses(): Promise<Place> {
  const folder = await mkdtemp(join(tmpdir(), 'millrace-marks-'))
  const mark = `mark-${randomUUID()}`
  const marks = new Set<string>()
  const tasks = join(folder, 'tmp')
  await mkdir(tasks)
  const listening = watch(folder, (_event, name) => {
    if (name !== null) marks.add(name)
  })
  const atMark = (wanted: string): Stage => {
    return kill =>
      new Promise(resolve => {
        const onMark = (_event: string, name: string | null) => {
          if (!name?.endsWith(wanted)) return
          listening.off('change', onMark)
          kill()
          resolve()
        }
        listening.on('change', onMark)
      })
  }
  return {
    env: { TMPDIR: tasks },
    taskRunner: 'io.kestra.plugin.core.runner.Process',
    // The mark among its arguments finds a process that should be gone.
    tell: what => `: ${mark}; : > ${folder}/{{ taskrun.id }}.$try.${what}`,
    stages: {
      'before the process is started': kill => folderIsMade(tasks, kill),
      'once the process is started': atMark('.started'),
      'while it writes': atMark('.half'),
      'after its end': atMark('.ended'),
    },
    starts: () => countOf([...marks].filter(name => name.endsWith('.started')).map(name => name.split('.')[0]!)),
    removed: () => new Set([...marks].map(name => name.split('.')[0]!)),
    left: async () => (execFileSync('ps', ['-eo', 'args']).toString().includes(mark) ? ['a process'] : []),
    watch: async () => {},
    async stop() {
      listening.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** The worker makes a folder for each task run, `tasks` in that of its installation. */
async function folderIsMade(root: string, kill: () => void): Promise<void> {
  const work = join(root, 'millrace-work')
  while (!existsSync(work)) await delay(20)
  const [installation = ''] = await readdir(work)
  while (!existsSync(join(work, installation, 'tasks'))) await delay(20)
  const listening = watch(join(work, installation, 'tasks'))
  await new Promise<void>(resolve => listening.once('change', () => resolve()))
  kill()
  listening.close()
}

/** At the moment of a call to the daemon or the API server. */
function atCall(tap: Tap, moment: Moment, isMeant: (call: Call) => boolean): Stage {
  return kill => tap.strike(moment, isMeant, kill)
}

export async function startContainers(): Promise<Place> {
  const daemon = await startDocker()
  await daemon.importImage('busybox:1')
  const folder = await mkdtemp(join(tmpdir(), 'millrace-tap-'))
  const socketPath = join(folder, 'docker.sock')
  const tap = await startTap({ socketPath: daemon.socketPath }, socketPath)
  const starts: string[] = []
  const ids = new Map<string, string>()
  const filters = JSON.stringify({ type: ['container'], event: ['start'] })
  const events = (await daemon.docker.getEvents({ filters })) as Readable
  events.on('error', () => events.destroy())
  createInterface({ input: events }).on('line', line => {
    const { Actor } = JSON.parse(line) as { Actor: { ID: string; Attributes: Record<string, string> } }
    const taskRunId = Actor.Attributes[keyLabels.taskRunId] ?? ''
    starts.push(taskRunId)
    ids.set(Actor.ID, taskRunId)
  })
  const post = (what: RegExp) => (call: Call) => call.method === 'POST' && what.test(call.url)
  const get = (what: RegExp) => (call: Call) => call.method === 'GET' && what.test(call.url)
  const removal = (call: Call) => call.method === 'DELETE'
  return {
    env: { TMPDIR: folder, DOCKER_HOST: `unix://${socketPath}` },
    taskRunner: 'io.kestra.plugin.scripts.runner.docker.Docker',
    tell: () => ':',
    stages: {
      'before the container is made': atCall(tap, 'asked', post(/\/containers\/create/)),
      'once the container is made': atCall(tap, 'answered', post(/\/containers\/create/)),
      'before it is started': atCall(tap, 'asked', post(/\/start$/)),
      'once it is started': atCall(tap, 'answered', post(/\/start$/)),
      'before its log is followed': atCall(tap, 'asked', get(/\/logs\?.*follow=(true|1)/)),
      'while its log is followed': atCall(tap, 'flowing', get(/\/logs\?.*follow=(true|1)/)),
      'after its end': atCall(tap, 'answered', post(/\/wait$/)),
      'before the rest of its log is read': atCall(tap, 'asked', get(/\/logs\?(?!.*follow=(true|1))/)),
      'before the files of an adopted one are fetched': atCall(tap, 'asked', get(/\/archive/)),
      'while the files of an adopted one are fetched': atCall(tap, 'flowing', get(/\/archive/)),
      'before it is removed': atCall(tap, 'asked', removal),
      'once it is removed': atCall(tap, 'answered', removal),
    },
    starts: () => countOf(starts),
    removed: () => {
      const asked = tap.passed.filter(removal).map(({ url }) => /\/containers\/(\w+)/.exec(url)?.[1] ?? '')
      return new Set(asked.map(id => ids.get(id) ?? ''))
    },
    async left() {
      const containers = await daemon.docker.listContainers({ all: true })
      const { Volumes } = await daemon.docker.listVolumes()
      return [...containers.map(({ Id }) => Id), ...(Volumes ?? []).map(({ Name }) => Name)]
    },
    watch: async () => {},
    async stop() {
      events.destroy()
      await tap.stop()
      await daemon.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

export async function startJobs(kubeconfig: string): Promise<Place> {
  const config = loadKubeConfig(kubeconfig)
  const cluster = connectCluster(config)
  const { tap, tapped: text } = await tapCluster(config)
  const folder = await mkdtemp(join(tmpdir(), 'millrace-tap-'))
  const tapped = join(folder, 'kubeconfig')
  await writeFile(tapped, text)
  const prefix = `millrace-fault-${randomUUID().slice(0, 8)}`
  const pods = new Map<string, string>()
  const jobs = new Map<string, string>()
  let watching: AbortController | undefined
  let namespace = ''
  let isStopped = false

  async function follow(): Promise<void> {
    const see = (type: string, { metadata }: V1Pod) => {
      const { labels = {}, uid = '' } = metadata ?? {}
      const taskRunId = labels[keyLabels.taskRunId]
      if (type !== 'ADDED' || taskRunId === undefined) return
      pods.set(uid, taskRunId)
      jobs.set(labels['job-name'] ?? '', taskRunId)
    }
    const again = () => void (isStopped || follow().catch(() => delay(500).then(again)))
    watching = await cluster.watch.watch(`/api/v1/namespaces/${namespace}/pods`, {}, see, again)
  }

  const calls = (method: string, what: RegExp) => (call: Call) => call.method === method && what.test(call.url)
  const exec = (command: readonly string[]) => (call: Call) => {
    const asked = new URL(call.url, 'http://tap').searchParams.getAll('command').join(' ')
    return /\/exec\?/.test(call.url) && asked === command.join(' ')
  }
  const fetching = (call: Call) => {
    const [, , script = ''] = new URL(call.url, 'http://tap').searchParams.getAll('command')
    return /\/exec\?/.test(call.url) && script.replace(/\d+/, '0') === fetchCommand(0)[2]
  }
  const secret = calls('POST', /\/secrets/)
  const job = calls('POST', /\/jobs/)
  const removal = calls('DELETE', /\/jobs\//)
  return {
    env: {
      TMPDIR: folder,
      // Nothing to fall back to, should the cluster answer late.
      MILLRACE_POLICY: 'hosted',
      MILLRACE_KUBECONFIG: tapped,
      MILLRACE_KUBERNETES_PREFIX: prefix,
      MILLRACE_KUBERNETES_FILES_IMAGE: 'busybox:1',
      // One for each script: who waits for the quota holds a slot, and those of a lost worker, whose pods fill it, need one.
      MILLRACE_TASK_SLOTS: '120',
    },
    taskRunner: 'io.kestra.plugin.kubernetes.runner.Kubernetes',
    tell: () => ':',
    stages: {
      'before the Secret': atCall(tap, 'asked', secret),
      'between Secret and Job': atCall(tap, 'answered', secret),
      'once the Job is made': atCall(tap, 'answered', job),
      'while the pod starts': atCall(tap, 'answered', calls('PATCH', /\/secrets\//)),
      'before the log is followed': atCall(tap, 'asked', exec(followCommand({ stdout: 0, stderr: 0 }))),
      'while the log is followed': atCall(tap, 'flowing', exec(followCommand({ stdout: 0, stderr: 0 }))),
      'after the end': atCall(tap, 'asked', exec(endCommand(true))),
      'before the files are fetched': atCall(tap, 'asked', fetching),
      'while the files are fetched': atCall(tap, 'flowing', fetching),
      'before the Job is removed': atCall(tap, 'asked', removal),
      'while the Job is removed': atCall(tap, 'answered', removal),
    },
    starts: () => countOf([...pods.values()]),
    removed: () => {
      const asked = tap.passed.filter(removal).map(({ url }) => /\/jobs\/([^/?]+)/.exec(url)?.[1] ?? '')
      return new Set(asked.map(name => jobs.get(name) ?? ''))
    },
    async left() {
      const lists = await Promise.all([
        cluster.batch.listNamespacedJob({ namespace }),
        cluster.core.listNamespacedPod({ namespace }),
        cluster.core.listNamespacedSecret({ namespace }),
      ])
      return lists.flatMap(({ items }) => items.map(({ metadata }) => metadata?.name ?? ''))
    },
    async watch(tenantId) {
      namespace = namespaceOf(prefix, tenantId)
      await follow()
    },
    async stop() {
      isStopped = true
      watching?.abort()
      await cluster.core.deleteNamespace({ name: namespace }).catch(() => undefined)
      await tap.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

function countOf(names: string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return counts
}
