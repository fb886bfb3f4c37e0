import { defineScripts } from '../shared/define-scripts'

/** `io.kestra.plugin.scripts.powershell.Script` and `.Commands`, and their triggers. */
export const { script, commands, scriptTrigger, commandsTrigger } = defineScripts({
  id: 'powershell',
  title: 'PowerShell',
  image: 'ghcr.io/kestra-io/powershell:latest',
  interpreter: ['pwsh', '-NoProfile', '-NonInteractive', '-Command'],
  examples: {
    script: `id: script
type: io.kestra.plugin.scripts.powershell.Script
script: |
  Get-Date -Format o
`,
    commands: `id: commands
type: io.kestra.plugin.scripts.powershell.Commands
inputFiles:
  main.ps1: |
    Write-Output 'Hello'
commands:
  - ./main.ps1
`,
  },
})
