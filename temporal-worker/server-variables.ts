import type { JsonObject } from '#language/json'

/** What flows may read of the server: `envs` are its variables that begin with `ENV_` or `KESTRA_`, without that. */
export function readServerVariables(env: NodeJS.ProcessEnv, url: string | undefined): JsonObject {
  const envs: JsonObject = {}
  for (const [name, value] of Object.entries(env)) {
    const match = /^(?:ENV|KESTRA)_(.+)$/.exec(name)
    if (match?.[1] !== undefined && value !== undefined) envs[match[1].toLowerCase()] = value
  }
  return { envs, globals: {}, kestra: url === undefined ? {} : { url } }
}
