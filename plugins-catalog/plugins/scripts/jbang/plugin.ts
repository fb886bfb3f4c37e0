import { bool, text } from '#language/fields'
import { defineScripts } from '../shared/define-scripts'

/** `io.kestra.plugin.scripts.jbang.Script` and `.Commands`, and their triggers. */
export const { script, commands, scriptTrigger, commandsTrigger } = defineScripts({
  id: 'jbang',
  title: 'JBang',
  image: 'jbangdev/jbang-action',
  scriptOnly: {
    extension: text().meta({ description: 'Of the script: .java, .jsh, .kt, .groovy or .md.' }).default('.java'),
    quiet: bool().meta({ description: "Whether JBang's own messages are left out." }).default(true),
  },
  examples: {
    script: `id: script
type: io.kestra.plugin.scripts.jbang.Script
script: |
  class hello {
    public static void main(String[] args) {
      System.out.println("Hello");
    }
  }
`,
    commands: `id: commands
type: io.kestra.plugin.scripts.jbang.Commands
inputFiles:
  main.java: |
    class hello { public static void main(String[] args) { System.out.println("Hello"); } }
commands:
  - jbang --quiet main.java
`,
  },
})
