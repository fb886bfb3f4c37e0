import { defineScripts } from '../shared/define-scripts'

/** `io.kestra.plugin.scripts.r.Script` and `.Commands`, and their triggers. */
export const { script, commands, scriptTrigger, commandsTrigger } = defineScripts({
  id: 'r',
  title: 'R',
  image: 'r-base',
  examples: {
    script: `id: script
type: io.kestra.plugin.scripts.r.Script
script: |
  data <- c(1, 2, 3)
  print(mean(data))
`,
    commands: `id: commands
type: io.kestra.plugin.scripts.r.Commands
inputFiles:
  main.R: |
    print(mean(c(1, 2, 3)))
commands:
  - Rscript main.R
`,
  },
})
