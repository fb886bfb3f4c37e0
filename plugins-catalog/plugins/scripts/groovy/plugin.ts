import { defineScripts } from '../shared/define-scripts'

/** `io.kestra.plugin.scripts.groovy.Script` and `.Commands`, and their triggers. */
export const { script, commands, scriptTrigger, commandsTrigger } = defineScripts({
  id: 'groovy',
  title: 'Groovy',
  image: 'groovy',
  examples: {
    script: `id: script
type: io.kestra.plugin.scripts.groovy.Script
script: |
  println([1, 2, 3].sum())
`,
    commands: `id: commands
type: io.kestra.plugin.scripts.groovy.Commands
inputFiles:
  main.groovy: |
    println "Hello"
commands:
  - groovy main.groovy
`,
  },
})
