import { defineScripts } from '../shared/define-scripts'

/** `io.kestra.plugin.scripts.php.Script` and `.Commands`, and their triggers. */
export const { script, commands, scriptTrigger, commandsTrigger } = defineScripts({
  id: 'php',
  title: 'PHP',
  image: 'php',
  examples: {
    script: `id: script
type: io.kestra.plugin.scripts.php.Script
script: |
  <?php
  echo array_sum([1, 2, 3]), PHP_EOL;
`,
    commands: `id: commands
type: io.kestra.plugin.scripts.php.Commands
inputFiles:
  main.php: |
    <?php echo "Hello", PHP_EOL;
commands:
  - php main.php
`,
  },
})
