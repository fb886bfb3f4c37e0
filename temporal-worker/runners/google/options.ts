import { z } from 'zod'
import { Count, commonOptions, needed } from '../cloud/options'
import { Text } from '../option-schemas'

const amountOfCpu = /^(\d+(\.\d+)?|\d+m)$/
const amountOfMemory = /^\d+([KMGT]i?)?$/

/** How to reach Google, and where. */
const connection = {
  projectId: Text.optional(),
  region: needed('it is where the job runs'),
  bucket: needed('commands, environment and files travel through it, so that no job tells what a flow holds').pipe(
    z.string().regex(/^[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]$/, 'is not the name of a bucket'),
  ),
  serviceAccount: Text.optional(),
  impersonatedServiceAccount: Text.optional(),
  scopes: z.array(Text).default(['https://www.googleapis.com/auth/cloud-platform']),
}

const mib = /^(\d+)\s*(MiB|GiB)?$/i
/** `20GiB` or a number of MiB -> MiB */
const Mib = Text.refine(text => mib.test(text), 'is not an amount of MiB; write e.g. 2048 or 20GiB').transform(text => {
  const [, amount, unit = ''] = mib.exec(text) ?? []
  return Number(amount) * (unit.toLowerCase() === 'gib' ? 1024 : 1)
})

export const BatchOptions = z.object({
  ...connection,
  ...commonOptions,
  machineType: Text.default('e2-medium'),
  reservation: Text.optional(),
  computeResource: z
    .strictObject({ cpu: Count.optional(), memory: Mib.optional(), bootDisk: Mib.optional() })
    .default({}),
  entryPoint: z.array(Text).default([]),
  networkInterfaces: z.array(z.strictObject({ network: Text, subnetwork: Text.optional() })).default([]),
})
export type BatchOptions = z.output<typeof BatchOptions>

export const CloudRunOptions = z.object({
  ...connection,
  ...commonOptions,
  resources: z
    .strictObject({
      cpu: Text.regex(amountOfCpu, 'is not an amount of CPU; write e.g. 2 or 1000m').optional(),
      memory: Text.regex(amountOfMemory, 'is not an amount of memory; write e.g. 512Mi').optional(),
    })
    .default({}),
  runtimeServiceAccount: Text.optional(),
  vpcAccessConnector: Text.optional(),
  vpcEgress: z.enum(['PRIVATE_RANGES_ONLY', 'ALL_TRAFFIC']).optional(),
  network: Text.optional(),
  subnetwork: Text.optional(),
  volumes: z
    .array(z.strictObject({ bucket: Text, mountPath: Text.startsWith('/'), readOnly: z.boolean().default(false) }))
    .default([]),
})
export type CloudRunOptions = z.output<typeof CloudRunOptions>
export type ConnectionOptions = Pick<
  BatchOptions,
  'projectId' | 'serviceAccount' | 'impersonatedServiceAccount' | 'scopes'
>
