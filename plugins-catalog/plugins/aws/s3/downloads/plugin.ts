import { z } from 'zod'
import { definePlugin } from '#language/define-plugin'
import {
  actionProperties,
  bucketProperties,
  maxFilesProperty,
  objectFilterProperties,
  objectOutput,
} from '../shared/properties'

export default definePlugin({
  type: 'io.kestra.plugin.aws.s3.Downloads',
  kind: 'task',
  step: 'activity',
  title: 'Download several objects from S3',
  description: 'Fetches the objects of a bucket, or some of them, and then leaves, moves or deletes them.',
  properties: z.object({ ...bucketProperties, ...objectFilterProperties, ...maxFilesProperty, ...actionProperties }),
  outputs: z.object({
    objects: z.array(z.object(objectOutput)),
    outputFiles: z.record(z.string(), z.string()).meta({ description: 'The stored files by key.' }),
  }),
  examples: [
    {
      title: 'Fetch all files of a folder and archive them',
      yaml: `id: s3_downloads
namespace: company.team
tasks:
  - id: downloads
    type: io.kestra.plugin.aws.s3.Downloads
    accessKeyId: "{{ secret('AWS_ACCESS_KEY_ID') }}"
    secretKeyId: "{{ secret('AWS_SECRET_KEY_ID') }}"
    region: eu-central-1
    bucket: my-bucket
    prefix: in/
    action: MOVE
    moveTo:
      key: archive
`,
    },
  ],
})
