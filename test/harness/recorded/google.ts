/**
 * Cloud Storage, Batch and Cloud Run as their references document them (cloud.google.com: storage/docs/json_api/v1,
 * storage/docs/xml-api, batch/docs/reference/rest/v1, run/docs/reference/rest/v2): so much of them as a runner needs.
 */
import { generateKeyPairSync } from 'node:crypto'
import { CRC32C } from '@google-cloud/storage'
import { z } from 'zod'
import { type Exchange, type RecordedApi, type Reply, startRecordedApi } from './server'

type Json = { [name: string]: unknown }
type StoredJob = { spec: Json; state: Json }

export type RecordedGoogle = RecordedApi & {
  /** By `bucket/name`. */
  objects: Map<string, { content: Buffer; updated: string }>
  /** By their full names. */
  jobs: Map<string, StoredJob>
  /** Called with each job that is created: it plays the machine. */
  onJob: (name: string, spec: Json) => void
  /** The next request to a path that ends so is answered thus. */
  refuse: Map<string, Reply>
  /** The key of a service account. */
  key: string
}

const Text = z.string()
const Container = z.strictObject({
  imageUri: Text,
  entrypoint: Text,
  commands: z.array(Text),
  options: Text.optional(),
  volumes: z.array(Text),
})
const BatchJob = z.strictObject({
  labels: z.record(Text, Text),
  taskGroups: z.tuple([
    z.strictObject({
      taskCount: Text,
      taskSpec: z.strictObject({
        runnables: z.array(
          z.strictObject({ container: Container, background: z.boolean().optional(), labels: z.strictObject({}) }),
        ),
        computeResource: z.strictObject({
          cpuMilli: Text.optional(),
          memoryMib: Text.optional(),
          bootDiskMib: Text.optional(),
        }),
        maxRunDuration: Text.regex(/^\d+s$/),
        maxRetryCount: z.number().optional(),
        environments: z.strictObject({}),
      }),
    }),
  ]),
  allocationPolicy: z.strictObject({
    labels: z.strictObject({}),
    instances: z.tuple([
      z.strictObject({ policy: z.strictObject({ machineType: Text, reservation: Text.optional() }) }),
    ]),
    network: z
      .strictObject({ networkInterfaces: z.array(z.strictObject({ network: Text, subnetwork: Text.optional() })) })
      .optional(),
  }),
  logsPolicy: z.strictObject({ destination: z.literal([1, 'CLOUD_LOGGING']) }),
})
const RunContainer = z.strictObject({
  name: Text,
  image: Text,
  command: z.array(Text),
  args: z.array(Text),
  resources: z.strictObject({ limits: z.partialRecord(z.enum(['cpu', 'memory']), Text).optional() }).optional(),
  volumeMounts: z.array(z.strictObject({ name: Text, mountPath: Text })),
})
const RunJob = z.strictObject({
  labels: z.record(Text, Text),
  annotations: z.strictObject({}).optional(),
  startExecutionToken: Text,
  template: z.strictObject({
    labels: z.strictObject({}).optional(),
    annotations: z.strictObject({}).optional(),
    taskCount: z.number(),
    template: z.strictObject({
      maxRetries: z.literal(0),
      timeout: Text.regex(/^\d+s$/),
      serviceAccount: Text,
      containers: z.array(RunContainer),
      volumes: z.array(
        z.strictObject({
          name: Text,
          emptyDir: z.strictObject({ medium: z.literal([1, 'MEMORY']) }).optional(),
          gcs: z.strictObject({ bucket: Text, readOnly: z.boolean().optional() }).optional(),
        }),
      ),
      vpcAccess: z
        .strictObject({
          connector: Text.optional(),
          egress: z.union([z.number(), Text]).optional(),
          networkInterfaces: z
            .array(z.strictObject({ network: Text.optional(), subnetwork: Text.optional() }))
            .optional(),
        })
        .optional(),
    }),
  }),
})

const refusal = (code: number, status: string, message: string): Reply => ({
  status: code,
  json: { error: { code, status, message } },
})
export const notFound = refusal(404, 'NOT_FOUND', 'Resource not found')
export const denied = refusal(403, 'PERMISSION_DENIED', "Permission 'jobs.create' denied on resource")
const exists = refusal(409, 'ALREADY_EXISTS', 'Resource already exists')
const operation: Reply = { json: { name: 'projects/p/locations/r/operations/1', done: false } }

export async function startGoogle(): Promise<RecordedGoogle> {
  const objects: RecordedGoogle['objects'] = new Map()
  const jobs: RecordedGoogle['jobs'] = new Map()
  const refuse: RecordedGoogle['refuse'] = new Map()
  const google = { objects, jobs, refuse, onJob: () => {}, key: makeKey() } as unknown as RecordedGoogle
  const exchanges = [...storage(objects), ...batch(google), ...cloudRun(google)].map(exchange => ({
    ...exchange,
    reply: (asked: Parameters<Exchange['reply']>[0]) => {
      const path = exchange.method + exchange.path.slice(exchange.path.lastIndexOf('/'))
      const refused = refuse.get(path)
      refuse.delete(path)
      return refused ?? exchange.reply(asked)
    },
  }))
  return Object.assign(google, await startRecordedApi(exchanges))
}

function makeKey(): string {
  const { privateKey } = generateKeyPairSync('rsa', {
    // Short, for hundreds of links are signed with it.
    modulusLength: 1024,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  })
  const client_email = 'runner@project.iam.gserviceaccount.com'
  return JSON.stringify({ type: 'service_account', project_id: 'project', client_email, private_key: privateKey })
}

function storage(objects: RecordedGoogle['objects']): Exchange[] {
  const describe = (path: string) => {
    const [bucket = '', ...name] = path.split('/')
    const { content = Buffer.alloc(0), updated = '' } = objects.get(path) ?? {}
    const hash = new CRC32C()
    hash.update(content)
    return { bucket, name: name.join('/'), size: String(content.length), updated, crc32c: hash.toString() }
  }
  const store = (path: string, content: Buffer) => {
    objects.set(path, { content, updated: new Date().toISOString() })
    return { json: describe(path) }
  }
  const at = ({ bucket, name }: Record<string, string>) => `${bucket}/${name}`
  const read = (path: string): Reply => {
    const found = objects.get(path)
    if (found === undefined) return notFound
    return { body: found.content, headers: { 'x-goog-hash': `crc32c=${describe(path).crc32c}` } }
  }
  const signed = { 'X-Goog-Algorithm': 'GOOG4-RSA-SHA256' }
  return [
    {
      method: 'POST',
      path: '/upload/storage/v1/b/{bucket}/o',
      query: { uploadType: 'resumable' },
      reply: ({ params, query, headers }) => ({
        headers: { location: `http://${headers.host}/resumable/${params.bucket}/${query.name}` },
      }),
    },
    { method: 'PUT', path: '/resumable/{path*}', reply: ({ params, body }) => store(params.path ?? '', body) },
    {
      method: 'GET',
      path: '/storage/v1/b/{bucket}/o/{name}',
      query: { alt: 'media' },
      reply: ({ params }) => read(at(params)),
    },
    {
      method: 'GET',
      path: '/storage/v1/b/{bucket}/o/{name}',
      reply: ({ params }) => (objects.has(at(params)) ? { json: describe(at(params)) } : notFound),
    },
    {
      method: 'GET',
      path: '/storage/v1/b/{bucket}/o',
      reply: ({ params, query }) => {
        const start = `${params.bucket}/${query.prefix ?? ''}`
        const items = [...objects.keys()].filter(path => path.startsWith(start)).map(describe)
        return { json: { kind: 'storage#objects', ...(items.length > 0 && { items }) } }
      },
    },
    {
      method: 'DELETE',
      path: '/storage/v1/b/{bucket}/o/{name}',
      reply: ({ params }) => (objects.delete(at(params)) ? { status: 204 } : notFound),
    },
    { method: 'GET', path: '/{bucket}/{name*}', query: signed, reply: ({ params }) => read(at(params)) },
    {
      method: 'PUT',
      path: '/{bucket}/{name*}',
      query: signed,
      reply: ({ params, body }) => {
        store(at(params), body)
        return {}
      },
    },
  ]
}

function batch(google: RecordedGoogle): Exchange[] {
  const job = '/v1/{name*}'
  const find = (name = '') => google.jobs.get(`v1/${name}`)
  return [
    {
      method: 'POST',
      path: '/v1/projects/{project}/locations/{region}/jobs',
      json: BatchJob,
      reply: ({ params, query, json }) => {
        const name = `projects/${params.project}/locations/${params.region}/jobs/${query.jobId}`
        if (find(name)) return exists
        const state = { name, uid: 'job-uid', status: { state: 'QUEUED' } }
        google.jobs.set(`v1/${name}`, { spec: json as Json, state })
        google.onJob(name, json as Json)
        return { json: state }
      },
    },
    {
      method: 'GET',
      path: '/v1/{name*}/taskGroups/group0/tasks/0',
      reply: ({ params }) => ({ json: find(params.name)?.state.task ?? {} }),
    },
    {
      method: 'POST',
      path: '/v1/{name*}:cancel',
      reply: ({ params }) => {
        const found = find(params.name)
        if (found) found.state.status = { state: 'CANCELLED' }
        return found ? operation : notFound
      },
    },
    {
      method: 'GET',
      path: job,
      reply: ({ params }) => ({ ...(find(params.name) ? {} : notFound), ...jsonOf(find(params.name)) }),
    },
    {
      method: 'DELETE',
      path: job,
      reply: ({ params }) => (google.jobs.delete(`v1/${params.name}`) ? operation : notFound),
    },
  ]
}

function cloudRun(google: RecordedGoogle): Exchange[] {
  const find = (name = '') => google.jobs.get(`v2/${name}`)
  return [
    {
      method: 'POST',
      path: '/v2/projects/{project}/locations/{region}/jobs',
      json: RunJob,
      reply: ({ params, query, json }) => {
        const name = `projects/${params.project}/locations/${params.region}/jobs/${query.jobId}`
        if (find(name)) return exists
        const { startExecutionToken } = json as { startExecutionToken: string }
        const run = `${name}/executions/${query.jobId}-${startExecutionToken}`
        const latestCreatedExecution = { name: run, completionStatus: 'EXECUTION_PENDING' }
        google.jobs.set(`v2/${name}`, { spec: json as Json, state: { name, latestCreatedExecution } })
        google.onJob(name, json as Json)
        return operation
      },
    },
    {
      method: 'GET',
      path: '/v2/{name*}/executions/{run}/tasks',
      reply: ({ params }) => ({ json: { tasks: [find(params.name)?.state.task ?? {}] } }),
    },
    {
      method: 'POST',
      path: '/v2/{name*}/executions/{run}:cancel',
      reply: ({ params }) => {
        const found = find(params.name)
        if (found) {
          const completionTime = new Date().toISOString()
          Object.assign(found.state.latestCreatedExecution as Json, {
            completionTime,
            completionStatus: 'EXECUTION_CANCELLED',
          })
        }
        return found ? operation : notFound
      },
    },
    {
      method: 'GET',
      path: '/v2/{name*}',
      reply: ({ params }) => ({ ...(find(params.name) ? {} : notFound), ...jsonOf(find(params.name)) }),
    },
    {
      method: 'DELETE',
      path: '/v2/{name*}',
      reply: ({ params }) => (google.jobs.delete(`v2/${params.name}`) ? operation : notFound),
    },
  ]
}

const jsonOf = (job: StoredJob | undefined) => (job === undefined ? {} : { json: job.state })
