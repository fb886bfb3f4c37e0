import { defineScripts } from '../shared/define-scripts'

/** `io.kestra.plugin.scripts.perl.Script` and `.Commands`, and their triggers. */
export const { script, commands, scriptTrigger, commandsTrigger } = defineScripts({
  id: 'perl',
  title: 'Perl',
  image: 'perl',
  examples: {
    script: `id: script
type: io.kestra.plugin.scripts.perl.Script
script: |
  use strict;
  print "Hello\\n";
`,
    commands: `id: commands
type: io.kestra.plugin.scripts.perl.Commands
inputFiles:
  main.pl: |
    print "Hello\\n";
commands:
  - perl main.pl
`,
  },
})
