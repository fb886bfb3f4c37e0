import { createHash } from 'node:crypto'
import { createDockerRunner } from './runners/docker'
import { createProcessRunner } from './runners/process'
import type { Runner } from './runners/runner'

/** The runners of this machine. Which of them a task gets is the policy's choice. */
export function createRunners({ instance }: { instance: string }): Runner[] {
  // As Kestra's defaults are: an operator who wants them opens them.
  const policy = { volumes: false, privileged: false, hostNetwork: false }
  return [createProcessRunner({ instance }), createDockerRunner({ instance, policy })]
}

/** Workers of one installation share a database: the name tells their leftovers from those of others. */
export function installationName(databaseUrl: string): string {
  const { host, pathname } = new URL(databaseUrl)
  return createHash('sha256').update(`${host}${pathname}`).digest('hex').slice(0, 16)
}
