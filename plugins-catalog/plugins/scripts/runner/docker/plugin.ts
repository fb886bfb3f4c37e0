import { z } from 'zod'
import { definePlugin } from '#language/define-plugin'
import { anyObject, bool, duration, float, int, list, map, object, oneOf, text } from '#language/fields'

export default definePlugin({
  type: 'io.kestra.plugin.scripts.runner.docker.Docker',
  kind: 'taskRunner',
  title: 'A Docker container',
  description: `Runs commands in a container of its own, removed afterwards.`,
  properties: z.object({
    host: text().meta({ description: 'Address of the Docker daemon.' }).optional(),
    config: z.union([text(), anyObject()]).meta({ description: 'Docker configuration with credentials.' }).optional(),
    credentials: object({
      registry: text().optional(),
      username: text().optional(),
      password: text().optional(),
      registryToken: text().optional(),
      identityToken: text().optional(),
      auth: text().optional(),
    })
      .meta({ description: 'Credentials for a private registry.' })
      .optional(),
    user: text().meta({ description: 'User inside the container.' }).optional(),
    entryPoint: list(text()).meta({ description: 'Replaces the entry point of the image.' }).optional(),
    extraHosts: list(text()).meta({ description: 'More lines for /etc/hosts.' }).optional(),
    networkMode: text().meta({ description: 'Network of the container.' }).optional(),
    portBindings: list(text()).meta({ description: 'Ports to publish.' }).optional(),
    volumes: list(text()).meta({ description: 'Volumes, where the operator allows them.' }).optional(),
    pullPolicy: oneOf(['IF_NOT_PRESENT', 'ALWAYS', 'NEVER'])
      .meta({ description: 'When to pull the image.' })
      .default('IF_NOT_PRESENT'),
    deviceRequests: list(
      object({
        driver: text().optional(),
        count: int().optional(),
        deviceIds: list(text()).optional(),
        capabilities: list(list(text())).optional(),
        options: map(text()).optional(),
      }),
    )
      .meta({ description: 'Devices such as GPUs.' })
      .optional(),
    cpu: object({ cpus: float().optional() }).meta({ description: 'Limit of processors.' }).optional(),
    memory: object({
      memory: text().optional(),
      memorySwap: text().optional(),
      memorySwappiness: text().optional(),
      memoryReservation: text().optional(),
      kernelMemory: text().optional(),
      oomKillDisable: bool().optional(),
    })
      .meta({ description: 'Limits of memory, such as 512MB.' })
      .optional(),
    shmSize: text().meta({ description: 'Size of /dev/shm.' }).optional(),
    privileged: bool()
      .meta({ description: 'Whether the container is privileged, where the operator allows it.' })
      .optional(),
    fileHandlingStrategy: oneOf(['VOLUME', 'MOUNT'])
      .meta({ description: 'How files come into the container.' })
      .default('VOLUME'),
    delete: bool().meta({ description: 'Whether the container is removed at the end.' }).default(true),
    wait: bool().meta({ description: 'Whether to wait for its end.' }).default(true),
    killGracePeriod: duration().meta({ description: 'Time to stop by itself when killed.' }).default('PT0S'),
    resume: bool().meta({ description: 'Whether a restarted worker finds the container again.' }).default(true),
  }),
  examples: [
    {
      title: 'With a limit of memory',
      yaml: `id: docker
namespace: company.team
tasks:
  - id: hello
    type: io.kestra.plugin.scripts.shell.Commands
    containerImage: ubuntu
    taskRunner:
      type: io.kestra.plugin.scripts.runner.docker.Docker
      memory:
        memory: 512MB
    commands:
      - echo hello
`,
    },
  ],
})
