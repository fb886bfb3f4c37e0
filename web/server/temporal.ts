import { Client, Connection } from '@temporalio/client'
import { webEnv } from './env'

/** On `globalThis`, so that a development server's reloads don't pile up connections. */
const shared = globalThis as { millraceTemporal?: Client }

/** Temporal's client of this process; connects on its first call and again by itself when the server comes back. */
export function temporal(): Client {
  shared.millraceTemporal ??= createClient()
  return shared.millraceTemporal
}

function createClient(): Client {
  const { TEMPORAL_ADDRESS: address, TEMPORAL_NAMESPACE: namespace } = webEnv()
  return new Client({ connection: Connection.lazy({ address }), namespace })
}

export async function closeTemporal(): Promise<void> {
  const client = shared.millraceTemporal
  shared.millraceTemporal = undefined
  await client?.connection.close()
}
