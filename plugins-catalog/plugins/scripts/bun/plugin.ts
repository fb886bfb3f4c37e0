import { defineScripts } from '../shared/define-scripts'

/** `io.kestra.plugin.scripts.bun.Script` and `.Commands`, and their triggers. */
export const { script, commands, scriptTrigger, commandsTrigger } = defineScripts({
  id: 'bun',
  title: 'Bun',
  image: 'oven/bun',
  examples: {
    script: `id: script
type: io.kestra.plugin.scripts.bun.Script
script: |
  const numbers: number[] = [1, 2, 3]
  console.log(numbers.length)
`,
    commands: `id: commands
type: io.kestra.plugin.scripts.bun.Commands
inputFiles:
  main.ts: |
    console.log('Hello')
commands:
  - bun run main.ts
`,
  },
})
