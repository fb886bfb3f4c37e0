import { z } from 'zod'
import { definePlugin } from '#language/define-plugin'
import { anyObject, bool, duration, map, object, oneOf, text } from '#language/fields'

export default definePlugin({
  type: 'io.kestra.plugin.ee.kubernetes.runner.Kubernetes',
  kind: 'taskRunner',
  title: 'A Kubernetes Job',
  description: `Runs commands in a Job of the tenant's own namespace of the cluster.`,
  properties: z.object({
    config: anyObject()
      .meta({ description: 'Connection to another cluster, where the operator allows it.' })
      .optional(),
    namespace: text().meta({ description: 'Namespace of the cluster, where the operator allows it.' }).optional(),
    pullPolicy: oneOf(['IF_NOT_PRESENT', 'ALWAYS', 'NEVER'])
      .meta({ description: 'When to pull the image.' })
      .default('ALWAYS'),
    serviceAccountName: text().optional(),
    labels: map(text()).meta({ description: 'More labels of the Job and its pod.' }).optional(),
    nodeSelector: map(text()).meta({ description: 'Labels that the node must have.' }).optional(),
    resources: object({
      request: object({ cpu: text().optional(), memory: text().optional() }).optional(),
      limit: object({ cpu: text().optional(), memory: text().optional() }).optional(),
    })
      .meta({ description: 'Requests and limits of the container.' })
      .optional(),
    waitUntilRunning: duration().meta({ description: 'Fails if the pod does not run by then.' }).default('PT10M'),
    waitUntilCompletion: duration()
      .meta({ description: 'Fails if it has not ended by then; the timeout of the task wins.' })
      .default('PT1H'),
    waitForLogs: duration().optional(),
    delete: bool().meta({ description: 'Whether the Job is removed at the end.' }).default(true),
    resume: bool().meta({ description: 'Whether a restarted worker finds the Job again.' }).default(true),
    fileSidecar: object({
      image: text().optional(),
      resources: object({
        request: object({ cpu: text().optional(), memory: text().optional() }).optional(),
        limit: object({ cpu: text().optional(), memory: text().optional() }).optional(),
      }).optional(),
      defaultSpec: anyObject().optional(),
    })
      .meta({ description: 'The container that brings files in and out.' })
      .optional(),
    containerSpec: anyObject().meta({ description: 'Merged into the container.' }).optional(),
    containerDefaultSpec: anyObject().meta({ description: 'Merged into every container.' }).optional(),
    podSpec: anyObject().meta({ description: 'Merged into the pod.' }).optional(),
    syncWorkingDirectory: bool().optional(),
    killGracePeriod: duration().meta({ description: 'Time to stop by itself when killed.' }).optional(),
  }),
  examples: [
    {
      title: 'With a limit of memory',
      yaml: `id: kubernetes
namespace: company.team
tasks:
  - id: hello
    type: io.kestra.plugin.scripts.shell.Commands
    containerImage: ubuntu
    taskRunner:
      type: io.kestra.plugin.ee.kubernetes.runner.Kubernetes
      resources:
        limit:
          memory: 512Mi
    commands:
      - echo hello
`,
    },
  ],
})
