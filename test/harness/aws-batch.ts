import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3'
import { createAwsBatchRunner } from '#worker/runners/aws-batch'
import type { Runner } from '#worker/runners/runner'
import { startDocker } from './docker'
import { startMoto } from './moto'

export type AwsBatch = {
  s3: S3Client
  /** The properties of a task runner that runs there. */
  options: Record<string, unknown>
  stop(): Promise<void>
}

/** AWS Batch as moto has it, with a Docker daemon of its own; null where moto can't be installed. */
export async function startAwsBatch(): Promise<AwsBatch | null> {
  const daemon = await startDocker()
  await daemon.importImage('busybox:1')
  await daemon.importImage('curl:1')
  const moto = await startMoto({ dockerSocket: daemon.socketPath })
  if (moto === null) {
    await daemon.stop()
    return null
  }
  const { endpoint } = moto
  const keys = { accessKeyId: 'test', secretAccessKey: 'test' }
  const s3 = new S3Client({ endpoint, region: 'us-east-1', forcePathStyle: true, credentials: keys })
  await s3.send(new CreateBucketCommand({ Bucket: 'jobs' }))
  return {
    s3,
    options: {
      region: 'us-east-1',
      endpointOverride: endpoint,
      accessKeyId: keys.accessKeyId,
      secretKeyId: keys.secretAccessKey,
      computeEnvironmentArn: 'arn:aws:batch:us-east-1:123456789012:compute-environment/fargate',
      executionRoleArn: 'arn:aws:iam::123456789012:role/execution',
      bucket: 'jobs',
      completionCheckInterval: 'PT1S',
    },
    async stop() {
      await moto.stop()
      await daemon.stop()
    },
  }
}

/** The runner under test, whose tasks all run there. */
export function awsBatchRunner(instance: string, options: Record<string, unknown>): Runner {
  const policy = { machineCredentials: false }
  const runner = createAwsBatchRunner({ instance, filesImage: 'curl:1', policy })
  return {
    ...runner,
    run: (request, events, signal) =>
      runner.run({ ...request, options: { ...options, ...request.options } }, events, signal),
  }
}
