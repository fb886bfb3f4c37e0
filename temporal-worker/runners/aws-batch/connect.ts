import { BatchClient } from '@aws-sdk/client-batch'
import { S3Client } from '@aws-sdk/client-s3'
import { RunnerRequestError } from '../runner'
import type { AwsBatchOptions } from './options'

/** Clients for one task, with the credentials that it gives. */
export function connectAws(options: AwsBatchOptions): { batch: BatchClient; s3: S3Client } {
  const { region, endpointOverride, accessKeyId, secretKeyId, sessionToken } = options
  const config = {
    region,
    ...(endpointOverride !== undefined && { endpoint: endpointOverride }),
    ...(accessKeyId !== undefined &&
      secretKeyId !== undefined && { credentials: { accessKeyId, secretAccessKey: secretKeyId, sessionToken } }),
  }
  return {
    batch: new BatchClient(config),
    s3: new S3Client({
      ...config,
      forcePathStyle: endpointOverride !== undefined,
      // A signed link must not ask for checksums that the job's curl does not send.
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
    }),
  }
}

const notNow = /Throttling|TooManyRequests|SlowDown|RequestTimeout/

/** What AWS refuses is the flow's to mend; what it can't do just now is not. */
export function asRequestError(error: unknown): unknown {
  const { name, message, $metadata } = error as Error & { $metadata?: { httpStatusCode?: number } }
  const status = $metadata?.httpStatusCode ?? 500
  const isRefusal = name === 'CredentialsProviderError' || (status >= 400 && status < 500)
  return isRefusal && !notNow.test(name)
    ? new RunnerRequestError(`taskRunner: AWS refused: ${name}: ${message}`)
    : error
}
