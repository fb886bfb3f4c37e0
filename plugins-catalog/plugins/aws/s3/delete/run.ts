import { DeleteObjectCommand } from '@aws-sdk/client-s3'
import type { Run } from '#language/define-plugin'
import { call } from '../shared/call'
import { openS3 } from '../shared/client'
import type plugin from './plugin'

const run: Run<typeof plugin> = async (ctx, properties) => {
  const { bucket, key } = properties
  const client = openS3(ctx, properties)
  const command = new DeleteObjectCommand({
    Bucket: bucket,
    Key: key,
    BypassGovernanceRetention: properties.bypassGovernanceRetention,
    MFA: properties.mfa,
    RequestPayer: properties.requestPayer as 'requester' | undefined,
    ExpectedBucketOwner: properties.expectedBucketOwner,
  })
  const answer = await call({ what: 'delete', at: `s3://${bucket}/${key}`, send: () => client.send(command) })
  const { VersionId: versionId, DeleteMarker: deleteMarker, RequestCharged: requestCharged } = answer
  return {
    ...(versionId !== undefined && { versionId }),
    ...(deleteMarker !== undefined && { deleteMarker }),
    ...(requestCharged !== undefined && { requestCharged }),
  }
}

export default run
