import { z } from 'zod'
import { definePlugin } from '#language/define-plugin'
import { bool, object, text } from '#language/fields'
import { connectionProperties, encryptionProperties } from '../shared/properties'

export default definePlugin({
  type: 'io.kestra.plugin.aws.s3.Copy',
  kind: 'task',
  step: 'activity',
  title: 'Copy an object within S3',
  description: 'The object does not pass through here. S3 copies up to 5 GB so.',
  properties: z.object({
    ...connectionProperties,
    from: object({ bucket: text(), key: text(), versionId: text().optional(), ...encryptionProperties }),
    to: object({ bucket: text().optional(), key: text().optional(), ...encryptionProperties })
      .optional()
      .meta({ description: 'What is left out is as in `from`.' }),
    delete: bool().default(false).meta({ description: 'Delete the source then.' }),
  }),
  outputs: z.object({
    bucket: z.string(),
    key: z.string(),
    eTag: z.string().optional(),
    versionId: z.string().optional(),
  }),
  examples: [
    {
      title: 'Into another bucket',
      yaml: `id: s3_copy
namespace: company.team
tasks:
  - id: copy
    type: io.kestra.plugin.aws.s3.Copy
    accessKeyId: "{{ secret('AWS_ACCESS_KEY_ID') }}"
    secretKeyId: "{{ secret('AWS_SECRET_KEY_ID') }}"
    region: eu-central-1
    from:
      bucket: my-bucket
      key: in/orders.csv
    to:
      bucket: my-archive
`,
    },
  ],
})
