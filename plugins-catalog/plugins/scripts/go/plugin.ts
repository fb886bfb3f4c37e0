import { defineScripts } from '../shared/define-scripts'

/** `io.kestra.plugin.scripts.go.Script` and `.Commands`, and their triggers. */
export const { script, commands, scriptTrigger, commandsTrigger } = defineScripts({
  id: 'go',
  title: 'Go',
  image: 'golang',
  examples: {
    script: `id: script
type: io.kestra.plugin.scripts.go.Script
script: |
  package main

  import "fmt"

  func main() {
    fmt.Println("Hello")
  }
`,
    commands: `id: commands
type: io.kestra.plugin.scripts.go.Commands
inputFiles:
  main.go: |
    package main
    import "fmt"
    func main() { fmt.Println("Hello") }
commands:
  - go run main.go
`,
  },
})
