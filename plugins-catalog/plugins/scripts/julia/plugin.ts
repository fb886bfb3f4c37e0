import { defineScripts } from '../shared/define-scripts'

/** `io.kestra.plugin.scripts.julia.Script` and `.Commands`, and their triggers. */
export const { script, commands, scriptTrigger, commandsTrigger } = defineScripts({
  id: 'julia',
  title: 'Julia',
  image: 'julia',
  examples: {
    script: `id: script
type: io.kestra.plugin.scripts.julia.Script
script: |
  println(sum([1, 2, 3]))
`,
    commands: `id: commands
type: io.kestra.plugin.scripts.julia.Commands
inputFiles:
  main.jl: |
    println(sum([1, 2, 3]))
commands:
  - julia main.jl
`,
  },
})
