import { defineScripts } from '../shared/define-scripts'

/** `io.kestra.plugin.scripts.lua.Script` and `.Commands`, and their triggers. */
export const { script, commands, scriptTrigger, commandsTrigger } = defineScripts({
  id: 'lua',
  title: 'Lua',
  image: 'nickblah/lua',
  examples: {
    script: `id: script
type: io.kestra.plugin.scripts.lua.Script
script: |
  print(#{1, 2, 3})
`,
    commands: `id: commands
type: io.kestra.plugin.scripts.lua.Commands
inputFiles:
  main.lua: |
    print("Hello")
commands:
  - lua main.lua
`,
  },
})
