import { z } from 'zod'
import { definePlugin } from '#language/define-plugin'
import { bool, duration, object, text } from '#language/fields'

export default definePlugin({
  type: 'io.kestra.plugin.ee.azure.runner.Batch',
  kind: 'taskRunner',
  title: 'A task of Azure Batch',
  description:
    'Runs commands in a container on a pool of Azure Batch, which must be there and able to run containers. Tested against recorded exchanges of the documented APIs only, not yet on a real account: tell us how it went. The image needs a /bin/sh, tar, gzip, find and xargs, and root as its user. A task that is stopped gets no time to end.',
  properties: z.object({
    account: text().meta({ description: 'The name of the Batch account.' }),
    accessKey: text().meta({ description: 'A key of it; keep it as a secret of the namespace.' }),
    endpoint: text().meta({ description: 'Such as https://account.region.batch.azure.com.' }),
    poolId: text().meta({ description: 'The pool.' }),
    blobStorage: object({
      containerName: text(),
      connectionString: text().optional().meta({ description: 'With an AccountKey in it.' }),
      endpoint: text().optional().meta({ description: 'Such as https://account.blob.core.windows.net.' }),
      sharedKeyAccountName: text().optional(),
      sharedKeyAccountAccessKey: text().optional(),
    })
      .optional()
      .meta({
        description:
          'Needed: through it command, environment and files travel, so that no secret stands in the job. Give connectionString, or endpoint with name and key. What was put there is removed at the end.',
      }),
    registry: object({
      userName: text().optional(),
      password: text().optional(),
      registryServer: text().optional(),
    })
      .optional()
      .meta({ description: 'Where a private image lies.' }),
    waitUntilCompletion: duration()
      .meta({ description: 'Fails if it has not ended by then; the timeout of the task wins.' })
      .default('PT1H'),
    completionCheckInterval: duration().meta({ description: 'How often to ask Azure for the task.' }).default('PT5S'),
    delete: bool().meta({ description: 'Whether the job is removed at the end.' }).default(true),
    resume: bool().meta({ description: 'Whether a restarted worker finds the job again.' }).default(true),
    streamLogs: bool().optional().meta({ description: 'Changes nothing here: lines come as they are written.' }),
    syncWorkingDirectory: bool()
      .optional()
      .meta({ description: 'Changes nothing here: name the files in outputFiles.' }),
  }),
  examples: [
    {
      title: 'A script on a pool',
      yaml: `id: azure_batch
namespace: company.team
tasks:
  - id: hello
    type: io.kestra.plugin.scripts.shell.Commands
    containerImage: debian:stable-slim
    taskRunner:
      type: io.kestra.plugin.ee.azure.runner.Batch
      account: company
      accessKey: "{{ secret('AZURE_BATCH_KEY') }}"
      endpoint: https://company.westeurope.batch.azure.com
      poolId: small
      blobStorage:
        containerName: runs
        connectionString: "{{ secret('AZURE_STORAGE') }}"
    commands:
      - echo hello
`,
    },
  ],
})
