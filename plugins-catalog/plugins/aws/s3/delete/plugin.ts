import { z } from 'zod'
import { definePlugin } from '#language/define-plugin'
import { bool, text } from '#language/fields'
import { bucketProperties } from '../shared/properties'

export default definePlugin({
  type: 'io.kestra.plugin.aws.s3.Delete',
  kind: 'task',
  step: 'activity',
  title: 'Delete an object from S3',
  properties: z.object({
    ...bucketProperties,
    key: text(),
    bypassGovernanceRetention: bool().optional(),
    mfa: text()
      .optional()
      .meta({ description: 'Serial number and code of the device, where the bucket asks for them.' }),
  }),
  outputs: z.object({
    versionId: z.string().optional(),
    deleteMarker: z.boolean().optional(),
    requestCharged: z.string().optional(),
  }),
  examples: [
    {
      title: 'Delete an object',
      yaml: `id: s3_delete
namespace: company.team
tasks:
  - id: delete
    type: io.kestra.plugin.aws.s3.Delete
    accessKeyId: "{{ secret('AWS_ACCESS_KEY_ID') }}"
    secretKeyId: "{{ secret('AWS_SECRET_KEY_ID') }}"
    region: eu-central-1
    bucket: my-bucket
    key: in/orders.csv
`,
    },
  ],
})
