import { z } from 'zod'
import { definePlugin } from '#language/define-plugin'
import { bool, int, list, object, oneOf, text } from '#language/fields'
import { connectionProperties, recordedOnly, waitProperties } from '../shared/properties'

export default definePlugin({
  type: 'io.kestra.plugin.ee.gcp.runner.CloudRun',
  kind: 'taskRunner',
  title: 'A job of Google Cloud Run',
  description: `Runs commands in a job of Cloud Run, without machines of your own. ${recordedOnly} The service account needs the roles Cloud Run Developer, Service Account User and Storage Object Admin of the bucket. The image needs a /bin/sh. Files of the working directory are in memory: give \`resources\` room for them.`,
  properties: z.object({
    ...connectionProperties,
    resources: object({
      cpu: text().optional().meta({ description: 'Such as 2 or 1000m.' }),
      memory: text().optional().meta({ description: 'Such as 2Gi.' }),
    })
      .optional()
      .meta({ description: 'Limits of the container.' }),
    runtimeServiceAccount: text()
      .optional()
      .meta({ description: 'Whose rights the container has, by its email; those of the key by default.' }),
    vpcAccessConnector: text().optional().meta({ description: 'A connector to a network, by its full name.' }),
    vpcEgress: oneOf(['PRIVATE_RANGES_ONLY', 'ALL_TRAFFIC']).optional().meta({ description: 'What goes that way.' }),
    network: text().optional().meta({ description: 'A network to be in, without a connector.' }),
    subnetwork: text().optional(),
    volumes: list(object({ bucket: text(), mountPath: text(), readOnly: bool().optional() }))
      .optional()
      .meta({ description: 'Buckets to be seen as folders.' }),
    maxRetries: int().optional().meta({ description: 'Not used: `retry` of the task does it.' }),
    ...waitProperties,
  }),
  examples: [
    {
      title: 'A script without a machine',
      yaml: `id: cloud_run
namespace: company.team
tasks:
  - id: hello
    type: io.kestra.plugin.scripts.shell.Commands
    containerImage: debian:stable-slim
    taskRunner:
      type: io.kestra.plugin.ee.gcp.runner.CloudRun
      region: europe-west2
      bucket: company-runs
      serviceAccount: "{{ secret('GOOGLE_SA') }}"
      resources:
        cpu: "2"
        memory: 2Gi
    commands:
      - echo hello
`,
    },
  ],
})
