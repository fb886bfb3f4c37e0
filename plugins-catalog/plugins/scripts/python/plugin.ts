import { bool, list, oneOf, text } from '#language/fields'
import { defineScripts } from '../shared/define-scripts'

/** `io.kestra.plugin.scripts.python.Script` and `.Commands`, and their triggers. */
export const { script, commands, scriptTrigger, commandsTrigger } = defineScripts({
  id: 'python',
  title: 'Python',
  image: 'python:3.13-slim',
  properties: {
    dependencies: list(text())
      .meta({ description: 'Packages to install first, as `pip` names them: `pandas==2.2.3`.' })
      .default([]),
    pythonVersion: text()
      .meta({ description: 'A version such as 3.12; needs `uv`, or that version in the image.' })
      .optional(),
    dependencyCacheEnabled: bool()
      .meta({ description: "Whether installed packages are kept for the namespace's next task with the same ones." })
      .default(true),
    packageManager: oneOf(['UV', 'PIP'])
      .meta({ description: '`UV` is used where it is installed, else `pip`.' })
      .default('UV'),
    uvAutoInstallEnabled: bool()
      .meta({ description: 'Whether `uv`, where it is missing, is itself installed from the package index.' })
      .default(false),
    uvInstallerVersion: text().meta({ description: 'The version of `uv` to install then.' }).optional(),
    uvInstallerSha256: text()
      .meta({ deprecated: true, instead: 'uvInstallerVersion: `uv` comes from the package index, by no script' })
      .optional(),
  },
  examples: {
    script: `id: transform
type: io.kestra.plugin.scripts.python.Script
containerImage: python:3.13-slim
inputFiles:
  data.json: "{{ outputs.extract.uri }}"
outputFiles:
  - "*.csv"
script: |
  import csv, json
  rows = json.load(open("data.json"))
  with open("rows.csv", "w", newline="") as file:
      writer = csv.DictWriter(file, rows[0].keys())
      writer.writeheader()
      writer.writerows(rows)
`,
    commands: `id: main
type: io.kestra.plugin.scripts.python.Commands
dependencies:
  - requests
inputFiles:
  main.py: |
    import requests
    print(requests.get("https://example.com").status_code)
commands:
  - python main.py
`,
  },
})
