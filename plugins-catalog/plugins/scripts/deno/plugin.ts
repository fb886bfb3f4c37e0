import { defineScripts } from '../shared/define-scripts'

/** `io.kestra.plugin.scripts.deno.Script` and `.Commands`, and their triggers. */
export const { script, commands, scriptTrigger, commandsTrigger } = defineScripts({
  id: 'deno',
  title: 'Deno',
  image: 'denoland/deno',
  examples: {
    script: `id: script
type: io.kestra.plugin.scripts.deno.Script
script: |
  const numbers: number[] = [1, 2, 3]
  console.log(numbers.length)
`,
    commands: `id: commands
type: io.kestra.plugin.scripts.deno.Commands
inputFiles:
  main.ts: |
    console.log('Hello')
commands:
  - deno run main.ts
`,
  },
})
