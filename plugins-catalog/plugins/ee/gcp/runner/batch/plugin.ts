import { z } from 'zod'
import { definePlugin } from '#language/define-plugin'
import { anyObject, int, list, object, text } from '#language/fields'
import { connectionProperties, recordedOnly, waitProperties } from '../shared/properties'

export default definePlugin({
  type: 'io.kestra.plugin.ee.gcp.runner.Batch',
  kind: 'taskRunner',
  title: 'A job of Google Batch',
  description: `Runs commands in a job of Google Batch, on a machine that is made for it. ${recordedOnly} The service account needs the roles Batch Job Editor, Service Account User and Storage Object Admin of the bucket; the job itself none. The image needs a /bin/sh. A job that is stopped gets the time that Google gives it.`,
  properties: z.object({
    ...connectionProperties,
    machineType: text().meta({ description: 'The type of the machine.' }).default('e2-medium'),
    reservation: text().optional().meta({ description: 'Machines that were reserved before.' }),
    computeResource: object({
      cpu: text().optional().meta({ description: 'Thousandths of a processor.' }),
      memory: text().optional().meta({ description: 'In MiB.' }),
      bootDisk: text().optional().meta({ description: 'In MiB, or such as 20GiB.' }),
    })
      .optional()
      .meta({ description: 'What the job takes of its machine.' }),
    entryPoint: list(text()).optional().meta({ description: 'Put before the command.' }),
    networkInterfaces: list(object({ network: text(), subnetwork: text().optional() })).optional(),
    maxRetryCount: int().optional().meta({ description: 'Not used: `retry` of the task does it.' }),
    lifecyclePolicies: list(anyObject()).optional().meta({ description: 'Not used: `retry` of the task does it.' }),
    ...waitProperties,
  }),
  examples: [
    {
      title: 'A script on a machine of its own',
      yaml: `id: google_batch
namespace: company.team
tasks:
  - id: count
    type: io.kestra.plugin.scripts.shell.Commands
    containerImage: debian:stable-slim
    taskRunner:
      type: io.kestra.plugin.ee.gcp.runner.Batch
      region: europe-west9
      bucket: company-runs
      serviceAccount: "{{ secret('GOOGLE_SA') }}"
      machineType: e2-standard-4
    outputFiles:
      - lines.txt
    commands:
      - seq 1000 > lines.txt
`,
    },
  ],
})
