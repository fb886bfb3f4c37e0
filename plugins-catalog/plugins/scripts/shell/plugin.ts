import { defineScripts } from '../shared/define-scripts'

/** `io.kestra.plugin.scripts.shell.Script` and `.Commands`, and their triggers. */
export const { script, commands, scriptTrigger, commandsTrigger } = defineScripts({
  id: 'shell',
  title: 'shell',
  image: 'ubuntu',
  examples: {
    script: `id: hello
type: io.kestra.plugin.scripts.shell.Script
containerImage: ubuntu
script: |
  echo "Hello from $(uname -s)"
  echo '::{"outputs": {"answer": 42}}::'
`,
    commands: `id: count
type: io.kestra.plugin.scripts.shell.Commands
inputFiles:
  data.csv: "{{ outputs.extract.uri }}"
outputFiles:
  - count.txt
commands:
  - wc -l < data.csv > count.txt
`,
  },
})
