import { createPrivateKey } from 'node:crypto'
import { GoogleAuth, Impersonated, JWT } from 'google-auth-library'
import { z } from 'zod'
import { RunnerRequestError } from '../runner'
import type { ConnectionOptions } from './options'

/** Where Google's services answer, if not where they do for all: for tests. */
export type GoogleEndpoint = { host: string; port: number }

export type GoogleAccess = {
  /** Whether tasks without a key may use that of this machine. */
  machineCredentials: boolean
  endpoint?: GoogleEndpoint
}

const Key = z.object({ client_email: z.string(), private_key: z.string(), project_id: z.string().optional() })

export type GoogleConnection = {
  projectId: string
  /** Signs the links to the bucket, and is who reads it. */
  key: z.output<typeof Key>
  /** For the clients of Google's libraries, over HTTP/1 and JSON: it passes every proxy. */
  clientOptions: ReturnType<typeof clientOptions>
}

/** Throws a `RunnerRequestError` where the key is missing or can't be read. */
export async function connectGoogle(options: ConnectionOptions, access: GoogleAccess): Promise<GoogleConnection> {
  const key = options.serviceAccount === undefined ? await machineKey(access) : readKey(options.serviceAccount)
  const projectId = options.projectId ?? key.project_id
  if (projectId === undefined) throw new RunnerRequestError('taskRunner: projectId is missing; the key names none')
  return { projectId, key, clientOptions: clientOptions({ projectId, key, options, access }) }
}

function readKey(text: string): z.output<typeof Key> {
  const key = Key.safeParse(parseJson(text))
  if (!key.success) {
    throw new RunnerRequestError(
      'taskRunner: serviceAccount is not the JSON key of a service account (with client_email and private_key)',
    )
  }
  try {
    createPrivateKey(key.data.private_key)
  } catch {
    throw new RunnerRequestError('taskRunner: the private_key in serviceAccount can’t be read')
  }
  return key.data
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

async function machineKey({ machineCredentials }: GoogleAccess): Promise<z.output<typeof Key>> {
  if (!machineCredentials) {
    throw new RunnerRequestError(
      'taskRunner: serviceAccount is missing; this installation lends tasks no credentials of its own',
    )
  }
  const found = await new GoogleAuth().getCredentials().catch(() => ({}))
  const key = Key.safeParse(found)
  if (!key.success) {
    throw new RunnerRequestError(
      'taskRunner: serviceAccount is missing, and this machine has no key of one (GOOGLE_APPLICATION_CREDENTIALS)',
    )
  }
  return key.data
}

function clientOptions(given: {
  projectId: string
  key: z.output<typeof Key>
  options: ConnectionOptions
  access: GoogleAccess
}) {
  const { projectId, key, options, access } = given
  const { host, port } = access.endpoint ?? {}
  return {
    fallback: true as const,
    projectId,
    ...identity(key, options),
    ...(host !== undefined && { apiEndpoint: host, servicePath: host, port, protocol: 'http' }),
  }
}

/** With its key alone, a service account signs its own tokens. */
function identity(key: z.output<typeof Key>, { impersonatedServiceAccount, scopes }: ConnectionOptions) {
  if (impersonatedServiceAccount === undefined) return { credentials: key }
  const sourceClient = new JWT({ email: key.client_email, key: key.private_key, scopes })
  const targetPrincipal = impersonatedServiceAccount
  return {
    auth: new GoogleAuth({ authClient: new Impersonated({ sourceClient, targetPrincipal, targetScopes: scopes }) }),
  }
}
