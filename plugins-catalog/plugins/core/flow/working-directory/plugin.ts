import { z } from 'zod'
import { definePlugin } from '#language/define-plugin'
import { anyObject, bool, branches, duration, list, map, object, oneOf, tasks, text } from '#language/fields'

export default definePlugin({
  type: 'io.kestra.plugin.core.flow.WorkingDirectory',
  kind: 'task',
  step: 'flow',
  title: 'Run tasks in one folder',
  description: `Runs its tasks in order on one worker and in one folder, so that each sees the files of those before.`,
  properties: z.object({
    tasks: tasks().meta({ description: 'Run in this order; no flow control among them.' }),
    inputFiles: anyObject()
      .meta({ description: 'File name to its content or its URI in internal storage.' })
      .optional(),
    outputFiles: list(text()).meta({ description: 'Names or globs of files to keep.' }).optional(),
    namespaceFiles: object({
      enabled: bool().default(true),
      include: list(text()).optional(),
      exclude: list(text()).optional(),
      namespaces: list(text()).optional(),
      ifExists: oneOf(['OVERWRITE', 'FAIL', 'WARN', 'IGNORE']).default('OVERWRITE'),
      folderPerNamespace: bool().default(false),
    })
      .meta({ description: 'Files of the namespace to bring along.' })
      .optional(),
    cache: object({ patterns: list(text()), ttl: duration().optional() })
      .meta({ description: 'Files kept from one execution to the next.' })
      .optional(),
    ...branches,
  }),
  outputs: z.object({ outputFiles: map(text()).meta({ description: 'File name to its URI.' }) }),
  children: ['tasks', 'errors', 'finally'],
  examples: [
    {
      title: 'Share a folder',
      yaml: `id: working_directory
namespace: company.team
tasks:
  - id: folder
    type: io.kestra.plugin.core.flow.WorkingDirectory
    inputFiles:
      hello.txt: Hello
    outputFiles:
      - "*.txt"
    tasks:
      - id: inside
        type: io.kestra.plugin.core.log.Log
        message: a task in the folder
`,
    },
  ],
})
