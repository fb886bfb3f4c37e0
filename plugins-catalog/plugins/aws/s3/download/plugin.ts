import { z } from 'zod'
import { definePlugin } from '#language/define-plugin'
import { text } from '#language/fields'
import { bucketProperties, maxFilesProperty, objectFilterProperties } from '../shared/properties'

const { filter: _, encodingType: __, ...filterProperties } = objectFilterProperties

const fileOutput = {
  uri: z.string().optional().meta({ description: 'The stored file.' }),
  eTag: z.string().optional(),
  versionId: z.string().optional(),
  contentLength: z.number().optional(),
  contentType: z.string().optional(),
  metadata: z.record(z.string(), z.string()).optional(),
}

export default definePlugin({
  type: 'io.kestra.plugin.aws.s3.Download',
  kind: 'task',
  step: 'activity',
  title: 'Download from S3',
  description: 'Fetches one object by its `key`, or several by `prefix`, `delimiter` or `regexp`.',
  properties: z.object({
    ...bucketProperties,
    key: text().optional().meta({ description: 'The key of one object.' }),
    versionId: text().optional().meta({ description: 'A version of it.' }),
    ...filterProperties,
    ...maxFilesProperty,
  }),
  outputs: z.object({
    ...fileOutput,
    files: z
      .record(z.string(), z.object(fileOutput))
      .optional()
      .meta({ description: 'By key, where several are fetched.' }),
  }),
  examples: [
    {
      title: 'Download an object',
      yaml: `id: s3_download
namespace: company.team
tasks:
  - id: download
    type: io.kestra.plugin.aws.s3.Download
    accessKeyId: "{{ secret('AWS_ACCESS_KEY_ID') }}"
    secretKeyId: "{{ secret('AWS_SECRET_KEY_ID') }}"
    region: eu-central-1
    bucket: my-bucket
    key: orders/today.csv
`,
    },
  ],
})
