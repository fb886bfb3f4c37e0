import { z } from 'zod'
import { definePlugin } from '#language/define-plugin'
import { watchProperties } from '../../../fs/shared/properties'
import {
  actionProperties,
  bucketProperties,
  maxFilesProperty,
  objectFilterProperties,
  objectOutput,
} from '../shared/properties'

export default definePlugin({
  type: 'io.kestra.plugin.aws.s3.Trigger',
  kind: 'trigger',
  starts: 'polling',
  title: 'Start when objects arrive in S3',
  description: `Looks into a bucket at each interval, fetches what is new, and starts the flow with it.
Each version of an object starts one execution, whatever happens to the worker meanwhile. With \`action: NONE\` the trigger remembers
what it saw; with MOVE or DELETE the objects leave once the execution is kept.`,
  properties: z.object({
    ...bucketProperties,
    ...objectFilterProperties,
    ...maxFilesProperty,
    ...actionProperties,
    ...watchProperties,
  }),
  outputs: z.object({
    objects: z.array(z.object({ ...objectOutput, changeType: z.enum(['CREATE', 'UPDATE']) })),
  }),
  examples: [
    {
      title: 'Process each new object',
      yaml: `id: s3_trigger
namespace: company.team
tasks:
  - id: each
    type: io.kestra.plugin.core.flow.ForEach
    values: "{{ trigger.objects | jq('.[].uri') }}"
    tasks:
      - id: show
        type: io.kestra.plugin.core.log.Log
        message: "{{ taskrun.value }}"
triggers:
  - id: watch
    type: io.kestra.plugin.aws.s3.Trigger
    interval: PT5M
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
