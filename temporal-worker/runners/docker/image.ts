import type Docker from 'dockerode'
import type { AuthConfig } from 'dockerode'
import type { RunnerEvents } from '../runner'
import type { DockerOptions } from './options'

/** An image that can't be had; the message is for the user. */
export class ImageError extends Error {}

const dockerHub = 'https://index.docker.io/v1/'
const progressEveryMs = 3000

/** Pulls an image and tells its progress in the log. */
export async function pullImage(
  docker: Docker,
  image: string,
  options: DockerOptions,
  events: RunnerEvents,
  signal: AbortSignal,
): Promise<void> {
  const startedMs = Date.now()
  events.notice('INFO', `Pulling image ${image}`)
  try {
    const wanted = { fromImage: image, ...(isTagged(image) ? {} : { tag: 'latest' }), abortSignal: signal }
    const stream = await docker.createImage(credentialsFor(image, options), wanted)
    await followPull(docker, stream, events)
    signal.throwIfAborted()
  } catch (error) {
    if (signal.aborted) throw error
    throw new ImageError(`Image ${image} can't be pulled: ${messageOf(error)}`)
  }
  events.notice('INFO', `Pulled image ${image} in ${((Date.now() - startedMs) / 1000).toFixed(1)} s`)
}

type PullEvent = { id?: string; status?: string; progressDetail?: { current?: number; total?: number } }

function followPull(docker: Docker, stream: NodeJS.ReadableStream, events: RunnerEvents): Promise<void> {
  const layers = new Map<string, { current: number; total: number }>()
  let toldMs = Date.now()
  function onProgress({ id, status, progressDetail }: PullEvent): void {
    if (id === undefined || status !== 'Downloading' || progressDetail?.total === undefined) return
    layers.set(id, { current: progressDetail.current ?? 0, total: progressDetail.total })
    if (Date.now() - toldMs < progressEveryMs) return
    toldMs = Date.now()
    events.notice('INFO', describeProgress([...layers.values()]))
  }
  return new Promise((resolve, reject) => {
    docker.modem.followProgress(stream, (error: Error | null) => (error ? reject(error) : resolve()), onProgress)
  })
}

function describeProgress(layers: { current: number; total: number }[]): string {
  const megabytes = (bytes: number) => (bytes / 1_000_000).toFixed(1)
  const current = layers.reduce((sum, layer) => sum + layer.current, 0)
  const total = layers.reduce((sum, layer) => sum + layer.total, 0)
  return `Pulled ${megabytes(current)} of ${megabytes(total)} MB in ${layers.length} layers`
}

/** `credentials` of the task, or the entry for the image's registry in a `config.json` of Docker. */
function credentialsFor(image: string, { credentials, config }: DockerOptions): AuthConfig | undefined {
  if (credentials !== undefined) {
    const { registry = dockerHub, registryToken, identityToken, ...rest } = credentials
    return {
      serveraddress: registry,
      ...rest,
      ...(registryToken && { registrytoken: registryToken }),
      ...(identityToken && { identitytoken: identityToken }),
    } as unknown as AuthConfig
  }
  const parsed = typeof config === 'string' ? parseConfig(config) : config
  const auths = (parsed?.auths ?? {}) as Record<string, { auth?: string }>
  const registry = registryOf(image)
  const auth = auths[registry]?.auth ?? auths[`https://${registry}`]?.auth
  if (auth === undefined) return undefined
  const [username = '', ...password] = Buffer.from(auth, 'base64').toString('utf8').split(':')
  return { username, password: password.join(':'), serveraddress: registry }
}

function parseConfig(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text)
  } catch {
    throw new ImageError('taskRunner: "config" is not the JSON of a Docker configuration.')
  }
}

/** Without a tag the daemon would pull every tag there is. */
function isTagged(image: string): boolean {
  return image.includes('@') || image.slice(image.lastIndexOf('/') + 1).includes(':')
}

/** The part before the first slash is a registry if it looks like a host. */
function registryOf(image: string): string {
  const [first = '', ...rest] = image.split('/')
  return rest.length > 0 && /[.:]|^localhost$/.test(first) ? first : dockerHub
}

function messageOf(error: unknown): string {
  const { json, message } = error as { json?: { message?: string }; message?: string }
  return json?.message ?? message ?? String(error)
}
