import { z } from 'zod'
import { definePlugin } from '#language/define-plugin'
import { bool, int } from '#language/fields'
import { bucketProperties, objectFilterProperties } from '../shared/properties'

export default definePlugin({
  type: 'io.kestra.plugin.aws.s3.DeleteList',
  kind: 'task',
  step: 'activity',
  title: 'Delete several objects from S3',
  properties: z.object({
    ...bucketProperties,
    ...objectFilterProperties,
    concurrent: int().pipe(z.int().min(2).max(100)).optional().meta({ description: 'How many are deleted at once.' }),
    errorOnEmpty: bool().default(false).meta({ description: 'Fail where there is nothing to delete.' }),
  }),
  outputs: z.object({
    count: z.number().meta({ description: 'How many were deleted.' }),
    size: z.number().meta({ description: 'Their bytes.' }),
  }),
  examples: [
    {
      title: 'Delete a folder',
      yaml: `id: s3_delete_list
namespace: company.team
tasks:
  - id: delete_list
    type: io.kestra.plugin.aws.s3.DeleteList
    accessKeyId: "{{ secret('AWS_ACCESS_KEY_ID') }}"
    secretKeyId: "{{ secret('AWS_SECRET_KEY_ID') }}"
    region: eu-central-1
    bucket: my-bucket
    prefix: in/
`,
    },
  ],
})
