import { S3Client } from '@aws-sdk/client-s3'
import { type RunContext, TaskError } from '#language/define-plugin'
import { createFetchHandler } from './fetch-handler'
import type { Connection } from './properties'

export type S3Context = Pick<RunContext, 'fetch' | 'machine' | 'signal' | 'log' | 'metric' | 'storage'>

/** A client for one task; through the way out of all tasks, with the credentials that the task gives. */
export function openS3(ctx: Pick<S3Context, 'fetch' | 'machine'>, connection: Connection): S3Client {
  const { endpointOverride, region, forcePathStyle } = connection
  if (connection.stsRoleArn !== undefined)
    throw new TaskError('stsRoleArn is not supported; give accessKeyId, secretKeyId and sessionToken of the role')
  return new S3Client({
    ...(region !== undefined && { region }),
    // Services that only speak S3 mostly take any region.
    ...(region === undefined && endpointOverride !== undefined && { region: 'us-east-1' }),
    ...(endpointOverride !== undefined && { endpoint: checkEndpoint(endpointOverride) }),
    forcePathStyle: forcePathStyle ?? endpointOverride !== undefined,
    ...readCredentials(ctx, connection),
    requestHandler: createFetchHandler(ctx.fetch) as never,
    // Many stores that speak S3 know none of the newer checksums.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  })
}

function checkEndpoint(text: string): string {
  const isAddress = URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)
  if (!isAddress) throw new TaskError(`endpointOverride: ${text} is no address; write one such as https://host:9000`)
  return text
}

function readCredentials({ machine }: Pick<S3Context, 'machine'>, connection: Connection) {
  const { accessKeyId, secretKeyId, sessionToken } = connection
  if (accessKeyId !== undefined && secretKeyId !== undefined)
    return { credentials: { accessKeyId, secretAccessKey: secretKeyId, sessionToken } }
  if (accessKeyId !== undefined || secretKeyId !== undefined)
    throw new TaskError('accessKeyId and secretKeyId belong together; one of them is missing')
  if (!machine.hasCredentials)
    throw new TaskError(
      'accessKeyId and secretKeyId are missing; this installation lends tasks no credentials of its own',
    )
  return {}
}
