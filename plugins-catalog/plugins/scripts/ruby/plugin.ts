import { defineScripts } from '../shared/define-scripts'

/** `io.kestra.plugin.scripts.ruby.Script` and `.Commands`, and their triggers. */
export const { script, commands, scriptTrigger, commandsTrigger } = defineScripts({
  id: 'ruby',
  title: 'Ruby',
  image: 'ruby',
  examples: {
    script: `id: script
type: io.kestra.plugin.scripts.ruby.Script
script: |
  puts [1, 2, 3].sum
`,
    commands: `id: commands
type: io.kestra.plugin.scripts.ruby.Commands
inputFiles:
  main.rb: |
    puts [1, 2, 3].sum
commands:
  - ruby main.rb
`,
  },
})
