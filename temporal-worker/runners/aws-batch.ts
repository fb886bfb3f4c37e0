import { asRequestError, connectAws } from './aws-batch/connect'
import { batchJobs } from './aws-batch/jobs'
import { type AwsBatchPolicy, parseAwsBatchOptions } from './aws-batch/options'
import { openS3Store } from './aws-batch/store'
import { runCloudJob } from './cloud/run-job'
import { outputDir, workingDir } from './cloud/scripts'
import { containerName } from './labels'
import { cancelledBeforeStart, type Runner } from './runner'

export type AwsBatchRunnerOptions = {
  /** Names this installation, so that its jobs have names of their own. */
  instance: string
  /** An image with curl and busybox, for the container that carries files. */
  filesImage: string
  policy: AwsBatchPolicy
}

/** Runs each command as a job of AWS Batch, in the account that its task names. */
export function createAwsBatchRunner({ instance, filesImage, policy }: AwsBatchRunnerOptions): Runner {
  return {
    name: 'aws-batch',
    // Which account it is, and whether it answers, each task says.
    isAvailable: async () => true,
    paths: () => ({ workingDir, outputDir }),

    async run(asked, events, signal) {
      const options = parseAwsBatchOptions(asked.options, policy)
      if (signal.aborted) return cancelledBeforeStart
      const { batch, s3 } = connectAws(options)
      const name = containerName(instance, asked.key)
      const store = openS3Store(s3, { bucket: options.bucket, folder: `millrace/${name}` })
      const request = { ...asked, env: { ...asked.env, BUCKET_PATH: store.address } }
      const jobs = batchJobs(batch, { instance, name, filesImage, request, options })
      try {
        return await runCloudJob({ jobs, store, request, options, events }, signal)
      } catch (error) {
        throw asRequestError(error)
      } finally {
        batch.destroy()
        s3.destroy()
      }
    },

    // Only the task knows the account. Its next attempt finds the job; Batch ends it at its deadline.
    sweep: async () => 0,
  }
}
