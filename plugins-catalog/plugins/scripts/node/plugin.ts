import { defineScripts } from '../shared/define-scripts'

/** `io.kestra.plugin.scripts.node.Script` and `.Commands`, and their triggers. */
export const { script, commands, scriptTrigger, commandsTrigger } = defineScripts({
  id: 'node',
  title: 'Node.js',
  image: 'node',
  examples: {
    script: `id: script
type: io.kestra.plugin.scripts.node.Script
script: |
  console.log('Hello', process.version)
`,
    commands: `id: commands
type: io.kestra.plugin.scripts.node.Commands
inputFiles:
  main.js: |
    console.log('Hello')
commands:
  - npm install --silent left-pad
  - node main.js
`,
  },
})
