import { z } from 'zod'
import { definePlugin } from '#language/define-plugin'
import { bucketProperties, maxFilesProperty, objectFilterProperties, objectOutput } from '../shared/properties'

export default definePlugin({
  type: 'io.kestra.plugin.aws.s3.List',
  kind: 'task',
  step: 'activity',
  title: 'List objects in S3',
  properties: z.object({ ...bucketProperties, ...objectFilterProperties, ...maxFilesProperty }),
  outputs: z.object({ objects: z.array(z.object(objectOutput)) }),
  examples: [
    {
      title: 'All CSV files below a prefix',
      yaml: `id: s3_list
namespace: company.team
tasks:
  - id: list
    type: io.kestra.plugin.aws.s3.List
    accessKeyId: "{{ secret('AWS_ACCESS_KEY_ID') }}"
    secretKeyId: "{{ secret('AWS_SECRET_KEY_ID') }}"
    region: eu-central-1
    bucket: my-bucket
    prefix: in/
    regexp: .*\\.csv
`,
    },
  ],
})
