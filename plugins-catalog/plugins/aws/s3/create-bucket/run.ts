import { CreateBucketCommand } from '@aws-sdk/client-s3'
import type { Run } from '#language/define-plugin'
import { call } from '../shared/call'
import { openS3 } from '../shared/client'
import type plugin from './plugin'

const run: Run<typeof plugin> = async (ctx, properties) => {
  const { bucket, region } = properties
  const client = openS3(ctx, properties)
  // The first of all regions is the one that must not be named.
  const isNamed = region !== undefined && region !== 'us-east-1'
  const command = new CreateBucketCommand({
    Bucket: bucket,
    ACL: properties.acl as 'private' | undefined,
    GrantFullControl: properties.grantFullControl,
    GrantRead: properties.grantRead,
    GrantReadACP: properties.grantReadACP,
    GrantWrite: properties.grantWrite,
    GrantWriteACP: properties.grantWriteACP,
    ObjectLockEnabledForBucket: properties.objectLockEnabledForBucket,
    ...(isNamed && { CreateBucketConfiguration: { LocationConstraint: region as 'eu-central-1' } }),
  })
  const { Location } = await call({ what: 'create the bucket', at: bucket, send: () => client.send(command) })
  return { bucket, ...(Location !== undefined && { region: Location }) }
}

export default run
