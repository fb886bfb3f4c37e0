import { z } from 'zod'
import { commonOptions, needed } from '../cloud/options'
import { parseOptions, Text } from '../option-schemas'
import { RunnerRequestError } from '../runner'

/** Of what a task asks for, the container that carries files takes a part. */
const least = { memoryMiB: 256, cpus: 0.25 }

const AwsBatchOptions = z.object({
  region: needed('write one such as eu-central-1'),
  accessKeyId: Text.optional(),
  secretKeyId: Text.optional(),
  sessionToken: Text.optional(),
  stsRoleArn: z
    .undefined({ error: 'is not supported: give accessKeyId, secretKeyId and sessionToken of the role' })
    .optional(),
  endpointOverride: z.url({ protocol: /^https?$/ }).optional(),
  computeEnvironmentArn: needed('it is where the job runs'),
  jobQueueArn: Text.optional(),
  bucket: needed('command, files and log go through it, so that no secret stands in the description of a job'),
  executionRoleArn: Text.optional(),
  taskRoleArn: Text.optional(),
  resources: z
    .object({
      request: z
        .object({
          memory: z.coerce.number().int().min(least.memoryMiB).default(2048),
          cpu: z.coerce.number().min(least.cpus).default(1),
        })
        .prefault({}),
    })
    .prefault({}),
  ...commonOptions,
})
export type AwsBatchOptions = z.output<typeof AwsBatchOptions>

/** Whether tasks may use the credentials of this machine, where they give none of their own. */
export type AwsBatchPolicy = { machineCredentials: boolean }

/** Reads the properties of an AWS Batch task runner; refuses what is wrong or missing. */
export function parseAwsBatchOptions(options: Record<string, unknown>, policy: AwsBatchPolicy): AwsBatchOptions {
  const parsed = parseOptions(AwsBatchOptions, options)
  const { accessKeyId, secretKeyId } = parsed
  if ((accessKeyId === undefined) !== (secretKeyId === undefined)) {
    throw new RunnerRequestError('taskRunner: accessKeyId and secretKeyId belong together; one of them is missing.')
  }
  if (accessKeyId === undefined && !policy.machineCredentials) {
    throw new RunnerRequestError(
      'taskRunner: accessKeyId and secretKeyId are missing; this installation lends tasks no credentials of its own.',
    )
  }
  return parsed
}
