import { z } from 'zod'
import { definePlugin } from '#language/define-plugin'
import { bool, text } from '#language/fields'
import { connectionProperties } from '../shared/properties'

export default definePlugin({
  type: 'io.kestra.plugin.aws.s3.CreateBucket',
  kind: 'task',
  step: 'activity',
  title: 'Create a bucket in S3',
  properties: z.object({
    ...connectionProperties,
    bucket: text(),
    acl: text().optional().meta({ description: 'A canned one, such as private.' }),
    grantFullControl: text().optional(),
    grantRead: text().optional(),
    grantReadACP: text().optional(),
    grantWrite: text().optional(),
    grantWriteACP: text().optional(),
    objectLockEnabledForBucket: bool().optional(),
  }),
  outputs: z.object({ bucket: z.string(), region: z.string().optional() }),
  examples: [
    {
      title: 'Create a bucket',
      yaml: `id: s3_create_bucket
namespace: company.team
tasks:
  - id: create_bucket
    type: io.kestra.plugin.aws.s3.CreateBucket
    accessKeyId: "{{ secret('AWS_ACCESS_KEY_ID') }}"
    secretKeyId: "{{ secret('AWS_SECRET_KEY_ID') }}"
    region: eu-central-1
    bucket: my-bucket
`,
    },
  ],
})
