import { z } from 'zod'
import { definePlugin } from '#language/define-plugin'
import { anyJson, list, map, text } from '#language/fields'

export default definePlugin({
  type: 'io.kestra.plugin.core.storage.LocalFiles',
  kind: 'task',
  step: 'activity',
  title: 'Write and keep local files',
  description: 'Writes files into the folder of a WorkingDirectory, and stores files from it.',
  deprecated: 'use inputFiles and outputFiles of io.kestra.plugin.core.flow.WorkingDirectory',
  properties: z.object({
    inputs: anyJson().optional().meta({ description: 'Name to content or to the URI of a stored file.' }),
    outputs: list(text()).optional().meta({ description: 'Globs of files to store.' }),
  }),
  outputs: z.object({
    uris: map(text()).meta({ description: 'Name of each stored file to its URI.' }),
  }),
  examples: [
    {
      title: 'Hand a file to a script, and take another',
      yaml: `id: local_files
namespace: company.team

tasks:
  - id: dir
    type: io.kestra.plugin.core.flow.WorkingDirectory
    tasks:
      - id: write
        type: io.kestra.plugin.core.storage.LocalFiles
        inputs:
          hello.txt: Hello
      - id: shout
        type: io.kestra.plugin.scripts.shell.Commands
        commands:
          - tr a-z A-Z < hello.txt > loud.txt
      - id: keep
        type: io.kestra.plugin.core.storage.LocalFiles
        outputs:
          - loud.txt
`,
    },
  ],
})
