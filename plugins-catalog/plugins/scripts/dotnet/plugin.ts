import { defineScripts } from '../shared/define-scripts'

/** `io.kestra.plugin.scripts.dotnet.Script` and `.Commands`, and their triggers. */
export const { script, commands, scriptTrigger, commandsTrigger } = defineScripts({
  id: 'dotnet',
  formerIds: ['csharp'],
  title: 'C#',
  image: 'mcr.microsoft.com/dotnet/sdk:10.0',
  examples: {
    script: `id: script
type: io.kestra.plugin.scripts.dotnet.Script
script: |
  Console.WriteLine("Hello");
`,
    commands: `id: commands
type: io.kestra.plugin.scripts.dotnet.Commands
commands:
  - dotnet --version
`,
  },
})
