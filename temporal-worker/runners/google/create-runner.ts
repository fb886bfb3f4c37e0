import type { z } from 'zod'
import { jobsOfOne, type NamedJob } from '../cloud/named-job'
import { type CloudOptions, runCloudJob } from '../cloud/run-job'
import { outputDir, workingDir } from '../cloud/scripts'
import { containerName } from '../labels'
import { parseOptions } from '../option-schemas'
import { cancelledBeforeStart, type Runner, type RunnerName, type RunnerRequest } from '../runner'
import { openBucket } from './bucket'
import { connectGoogle, type GoogleAccess, type GoogleConnection } from './connect'
import type { ConnectionOptions } from './options'

export type GoogleRunnerOptions = GoogleAccess & {
  /** Names this installation. */
  instance: string
  /** With curl and busybox in it, and root as its user. */
  filesImage: string
}

/** Until the worker's own deadline has been acted upon. */
export const slackSeconds = 120

/** A runner of Google's: connection and bucket are those that the task gives; `openJob` is the service's own. */
export function createGoogleRunner<Options extends CloudOptions & ConnectionOptions & { bucket: string }>(
  given: GoogleRunnerOptions,
  service: {
    name: RunnerName
    schema: z.ZodType<Options>
    /** Put before the command. */
    entryPoint?(options: Options): string[]
    openJob(request: RunnerRequest, options: Options, connection: GoogleConnection): Promise<NamedJob>
  },
): Runner {
  const { name, schema, entryPoint = () => [], openJob } = service
  return {
    name,
    isAvailable: async () => true,
    paths: () => ({ workingDir, outputDir }),

    async run(asked, events, signal) {
      const options = parseOptions(schema, asked.options)
      if (signal.aborted) return cancelledBeforeStart
      const connection = await connectGoogle(options, given)
      const folder = `millrace/${containerName(given.instance, asked.key)}`
      const store = openBucket(connection, given, { bucket: options.bucket, folder })
      const command = [...entryPoint(options), ...asked.command]
      const request = { ...asked, command, env: { ...asked.env, BUCKET_PATH: store.address } }
      const jobs = jobsOfOne(await openJob(request, options, connection))
      return await runCloudJob({ jobs, store, request, options, events }, signal)
    },

    // Only the task knows the account. Its next attempt finds the job; Google ends it at its deadline.
    sweep: async () => 0,
  }
}
