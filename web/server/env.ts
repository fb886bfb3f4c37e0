import { type Env, readEnv } from '#infra/env'

const required = ['DATABASE_URL', 'TEMPORAL_ADDRESS', 'STORAGE_URL', 'MILLRACE_SECRET'] as const

export type WebEnv = Env & { [Name in (typeof required)[number]]: string }

let env: WebEnv | undefined

/** The environment of this process, checked on first use; throws with all that is wrong in it. */
export function webEnv(): WebEnv {
  env ??= readEnv({ required })
  return env
}
