/**
 * Batch and Blob Storage as their references document them (learn.microsoft.com: rest/api/batchservice,
 * rest/api/storageservices): so much of them as a runner needs.
 */
import { z } from 'zod'
import { type Exchange, type RecordedApi, type Reply, startRecordedApi } from './server'

type Json = { [name: string]: unknown }

export type RecordedAzure = RecordedApi & {
  /** By `container/name`. */
  blobs: Map<string, Buffer>
  /** By their ids; `files` are those of the task on its node. */
  jobs: Map<string, { task?: Json; spec?: Json; files: Map<string, Buffer> }>
  /** Called with each task that is added: it plays the node. */
  onTask: (jobId: string, spec: Json) => void
  /** `METHOD /path` that is refused once. */
  refuse: Map<string, Reply>
}

const Text = z.string()
const Job = z.strictObject({
  id: Text.regex(/^[\w-]{1,64}$/),
  poolInfo: z.strictObject({ poolId: Text }),
  metadata: z.array(z.strictObject({ name: Text, value: Text })),
})
const Task = z.strictObject({
  id: Text.regex(/^[\w-]{1,64}$/),
  commandLine: Text,
  containerSettings: z.strictObject({
    imageName: Text,
    workingDirectory: z.enum(['taskWorkingDirectory', 'containerImageDefault']),
    registry: z
      .strictObject({ username: Text.optional(), password: Text.optional(), registryServer: Text.optional() })
      .optional(),
  }),
  resourceFiles: z.array(z.strictObject({ httpUrl: z.url(), filePath: Text })),
  constraints: z.strictObject({ maxTaskRetryCount: z.literal(0), maxWallClockTime: Text.regex(/^PT/) }),
})
const Patch = z.strictObject({ onAllTasksComplete: z.enum(['noaction', 'terminatejob']) })

const refusal = (status: number, code: string, value: string): Reply => ({
  status,
  json: { 'odata.metadata': 'x', code, message: { lang: 'en-US', value } },
})
const noJob = refusal(404, 'JobNotFound', 'The specified job does not exist.')
const noFile = refusal(404, 'FileNotFound', 'The specified file does not exist.')
const noTask = refusal(404, 'TaskNotFound', 'The specified task does not exist.')
const jobExists = refusal(409, 'JobExists', 'The specified job already exists.')
export const denied = refusal(403, 'AuthenticationFailed', 'Server failed to authenticate the request.')

export async function startAzure(): Promise<RecordedAzure> {
  const blobs: RecordedAzure['blobs'] = new Map()
  const jobs: RecordedAzure['jobs'] = new Map()
  const refuse: RecordedAzure['refuse'] = new Map()
  const azure = { blobs, jobs, refuse, onTask: () => {} } as unknown as RecordedAzure
  const exchanges = [...batch(azure), ...storage(blobs)].map(exchange => ({
    ...exchange,
    reply: (asked: Parameters<Exchange['reply']>[0]) => {
      const path = `${exchange.method} ${exchange.path}`
      const refused = refuse.get(path)
      refuse.delete(path)
      return refused ?? exchange.reply(asked)
    },
  }))
  return Object.assign(azure, await startRecordedApi(exchanges))
}

function batch(azure: RecordedAzure): Exchange[] {
  const { jobs } = azure
  const find = ({ job = '' }: Record<string, string>) => jobs.get(job)
  const fileOf = (params: Record<string, string>) => find(params)?.files.get(params.path ?? '')
  return [
    {
      method: 'POST',
      path: '/jobs',
      json: Job,
      reply: ({ json }) => {
        const { id } = json as { id: string }
        if (jobs.has(id)) return jobExists
        jobs.set(id, { files: new Map() })
        return { status: 201 }
      },
    },
    {
      method: 'GET',
      path: '/jobs/{job}',
      reply: ({ params }) => (find(params) ? { json: { id: params.job, state: 'active' } } : noJob),
    },
    { method: 'PATCH', path: '/jobs/{job}', json: Patch, reply: ({ params }) => (find(params) ? {} : noJob) },
    {
      method: 'DELETE',
      path: '/jobs/{job}',
      reply: ({ params }) => (jobs.delete(params.job ?? '') ? { status: 202 } : noJob),
    },
    {
      method: 'POST',
      path: '/jobs/{job}/tasks',
      json: Task,
      reply: ({ params, json }) => {
        const job = find(params)
        if (!job) return noJob
        job.spec = json as Json
        job.task = { id: 'main', state: 'active' }
        azure.onTask(params.job ?? '', job.spec)
        return { status: 201 }
      },
    },
    {
      method: 'GET',
      path: '/jobs/{job}/tasks/{task}',
      reply: ({ params }) => {
        const job = find(params)
        return job?.task ? { json: job.task } : noTask
      },
    },
    {
      method: 'POST',
      path: '/jobs/{job}/tasks/{task}/terminate',
      reply: ({ params }) => {
        const job = find(params)
        if (!job?.task) return noTask
        if (job.task.state === 'completed') return refusal(409, 'TaskCompleted', 'The specified task is completed.')
        const failureInfo = { category: 'usererror', code: 'TaskEnded', message: 'Task was ended by user request' }
        job.task = { id: 'main', state: 'completed', executionInfo: { failureInfo, retryCount: 0, requeueCount: 0 } }
        return { status: 204 }
      },
    },
    {
      method: 'HEAD',
      path: '/jobs/{job}/tasks/{task}/files/{path*}',
      reply: ({ params }) => {
        const content = fileOf(params)
        return content === undefined ? { status: 404 } : { headers: { 'content-length': String(content.length) } }
      },
    },
    {
      method: 'GET',
      path: '/jobs/{job}/tasks/{task}/files/{path*}',
      reply: ({ params, headers }) => {
        const content = fileOf(params)
        if (content === undefined) return noFile
        const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(String(headers['ocp-range'] ?? '')) ?? []
        return { body: from === undefined ? content : content.subarray(Number(from), Number(to) + 1) }
      },
    },
  ]
}

function storage(blobs: RecordedAzure['blobs']): Exchange[] {
  const at = ({ container, name }: Record<string, string>) => `${container}/${name}`
  const missing: Reply = { status: 404, headers: { 'x-ms-error-code': 'BlobNotFound' } }
  const blob = '/account/{container}/{name*}'
  const blocks = new Map<string, Buffer>()
  return [
    {
      method: 'PUT',
      path: blob,
      query: { comp: 'block' },
      reply: ({ query, body }) => {
        blocks.set(query.blockid ?? '', body)
        return { status: 201 }
      },
    },
    {
      method: 'PUT',
      path: blob,
      query: { comp: 'blocklist' },
      reply: ({ params, body }) => {
        const ids = [...body.toString().matchAll(/<Latest>([^<]*)<\/Latest>/g)].map(([, id = '']) => id)
        blobs.set(at(params), Buffer.concat(ids.map(id => blocks.get(id) ?? Buffer.alloc(0))))
        return { status: 201 }
      },
    },
    {
      method: 'GET',
      path: blob,
      query: { sp: 'r' },
      reply: ({ params }) => {
        const content = blobs.get(at(params))
        return content === undefined ? missing : { body: content }
      },
    },
    { method: 'DELETE', path: blob, reply: ({ params }) => (blobs.delete(at(params)) ? { status: 202 } : missing) },
    {
      method: 'GET',
      path: '/account/{container}',
      query: { restype: 'container', comp: 'list' },
      reply: ({ params, query }) => {
        const start = `${params.container}/${query.prefix ?? ''}`
        const names = [...blobs.keys()].filter(path => path.startsWith(start))
        const items = names.map(path => `<Blob><Name>${path.slice(path.indexOf('/') + 1)}</Name><Properties/></Blob>`)
        const body = `<?xml version="1.0" encoding="utf-8"?><EnumerationResults><Blobs>${items.join('')}</Blobs><NextMarker/></EnumerationResults>`
        return { headers: { 'content-type': 'application/xml' }, body }
      },
    },
  ]
}
