import { z } from 'zod'
import { definePlugin } from '#language/define-plugin'
import { object, oneOf, text } from '#language/fields'
import {
  commandProperties,
  commandsProperty,
  defaultInterpreter,
  renderedLate,
} from '../../../scripts/shared/properties'
import { dbtOutputs, dbtProperties } from '../shared/properties'

const kvEntry = object({ key: text(), namespace: text() })

export default definePlugin({
  type: 'io.kestra.plugin.dbt.cli.DbtCLI',
  kind: 'task',
  step: 'activity',
  title: 'Run dbt',
  description: `Runs commands of dbt. The log says what dbt says, and how each of its nodes ended.`,
  properties: z.object({
    ...commandProperties,
    ...dbtProperties,
    commands: commandsProperty,
    interpreter: commandProperties.interpreter.default(defaultInterpreter),
    containerImage: text().meta({ description: "Image of the container; the engine's if there is none." }).optional(),
    engine: oneOf(['CORE', 'FUSION']).default('CORE'),
    logFormat: oneOf(['JSON', 'TEXT', 'DEBUG', 'NONE'])
      .meta({ description: '`--log-format` of each command. `JSON` gives the lines of the log their levels.' })
      .default('JSON'),
    storeManifest: kvEntry.meta({ description: 'KV entry to keep `manifest.json` in.' }).optional(),
    loadManifest: kvEntry.meta({ description: 'KV entry with the `manifest.json` to begin with.' }).optional(),
  }),
  outputs: dbtOutputs,
  renderLater: ['commands', ...renderedLate],
  examples: [
    {
      title: 'Build a project of the namespace',
      yaml: `id: dbt_build
namespace: company.team
tasks:
  - id: build
    type: io.kestra.plugin.dbt.cli.DbtCLI
    containerImage: ghcr.io/kestra-io/dbt-duckdb:latest
    namespaceFiles:
      enabled: true
    commands:
      - dbt deps
      - dbt build
    profiles: |
      shop:
        target: dev
        outputs:
          dev:
            type: duckdb
            path: ":memory:"
`,
    },
  ],
})
