import { z } from 'zod'
import { Flag, parseOptions, Text } from '../option-schemas'
import { parseSize } from '../quantities'
import { type DockerGrant, RunnerRequestError } from '../runner'

const Size = Text.transform((text, context) => {
  const bytes = parseSize(text)
  if (bytes !== null) return bytes
  context.addIssue(`"${text}" is not a size; write e.g. 512MB`)
  return z.NEVER
})

/** `fileHandlingStrategy` is left out: both mean the same files at the same place, the runner takes the faster way. */
const Options = z.object({
  host: Text.optional(),
  config: z.union([Text, z.record(z.string(), z.unknown())]).optional(),
  credentials: z
    .object({
      registry: Text.optional(),
      username: Text.optional(),
      password: Text.optional(),
      registryToken: Text.optional(),
      identityToken: Text.optional(),
      auth: Text.optional(),
    })
    .optional(),
  user: Text.optional(),
  entryPoint: z.array(Text).default(['']),
  extraHosts: z.array(Text).default([]),
  networkMode: Text.optional(),
  portBindings: z.array(Text).default([]),
  volumes: z.array(Text).default([]),
  pullPolicy: z.enum(['IF_NOT_PRESENT', 'ALWAYS', 'NEVER']).default('IF_NOT_PRESENT'),
  deviceRequests: z
    .array(
      z.object({
        driver: Text.optional(),
        count: z.coerce.number().optional(),
        deviceIds: z.array(Text).optional(),
        capabilities: z.array(z.array(Text)).optional(),
        options: z.record(z.string(), Text).optional(),
      }),
    )
    .default([]),
  cpu: z.object({ cpus: z.coerce.number().positive().optional() }).default({}),
  memory: z
    .object({
      memory: Size.optional(),
      memorySwap: z.union([z.literal('-1').transform(() => -1), Size]).optional(),
      memorySwappiness: z.coerce.number().optional(),
      memoryReservation: Size.optional(),
      kernelMemory: Size.optional(),
      oomKillDisable: Flag.optional(),
    })
    .default({}),
  shmSize: Size.optional(),
  privileged: Flag.default(false),
  delete: Flag.default(true),
  wait: Flag.default(true),
  resume: Flag.default(true),
})
export type DockerOptions = z.output<typeof Options>

/** Reads the properties of a Docker task runner; refuses what is wrong and what the operator does not allow. */
export function parseDockerOptions(options: Record<string, unknown>, grant: DockerGrant): DockerOptions {
  const parsed = parseOptions(Options, options)
  const refused = findRefused(parsed, grant)
  if (refused !== undefined) throw new RunnerRequestError(`taskRunner: ${refused}`)
  return parsed
}

function findRefused(options: DockerOptions, grant: DockerGrant): string | undefined {
  const { networkMode = '' } = options
  if (options.host !== undefined) return '"host" is not allowed: this installation has its own Docker daemon.'
  if (options.volumes.length > 0 && !grant.volumes)
    return '"volumes" is not allowed by the operator of this installation.'
  if (options.privileged && !grant.privileged)
    return '"privileged" is not allowed by the operator of this installation.'
  if (/^(host$|container:)/.test(networkMode) && !grant.hostNetwork) {
    return `"networkMode: ${networkMode}" is not allowed by the operator of this installation.`
  }
  if (!options.wait) return '"wait: false" is not supported: a task that does not wait has no outputs and no end.'
  return undefined
}
