import { z } from 'zod'
import { definePlugin } from '#language/define-plugin'
import { anyObject, bool, int, list, text } from '#language/fields'
import { commandProperties, renderedLate } from '../../../scripts/shared/properties'
import { dbtOutputs, dbtProperties, defaultImage } from './properties'

const { taskRunner, inputFiles, outputFiles, namespaceFiles, env, runner, docker } = commandProperties

const properties = z.object({
  ...{ taskRunner, inputFiles, outputFiles, namespaceFiles, env, runner, docker },
  ...dbtProperties,
  containerImage: text().meta({ description: 'Image of the container.' }).default(defaultImage),
  dockerOptions: anyObject().meta({ deprecated: true, instead: 'containerImage and taskRunner' }).optional(),
  dbtPath: text().meta({ description: 'The program.' }).default('./bin/dbt'),
  failFast: bool().meta({ description: 'Whether dbt stops at the first node that fails.' }).default(false),
  warnError: bool().meta({ description: 'Whether what dbt would warn of is an error.' }).default(false),
  debug: bool().meta({ description: "Whether the log has dbt's debug lines." }).default(false),
  thread: int().meta({ description: 'How many threads dbt uses.' }).optional(),
  fullRefresh: bool().meta({ description: 'Whether incremental models are made anew.' }).default(false),
  target: text().meta({ description: 'Target of the profile.' }).optional(),
  selector: text().meta({ description: 'A selector of `selectors.yml`.' }).optional(),
  select: list(text()).meta({ description: 'Nodes to take.' }).optional(),
  exclude: list(text()).meta({ description: 'Nodes to leave out.' }).optional(),
})

export type DbtTask = z.output<typeof properties>

/** Declares a task of one dbt command, as flows have it from before `DbtCLI`. */
export function defineDbtTask(name: string, command: string) {
  return definePlugin({
    type: `io.kestra.plugin.dbt.cli.${name}`,
    kind: 'task',
    step: 'activity',
    title: `Run \`dbt ${command}\``,
    properties,
    outputs: dbtOutputs,
    renderLater: renderedLate.filter(property => property !== 'beforeCommands'),
    deprecated: 'Use io.kestra.plugin.dbt.cli.DbtCLI, which takes any command.',
    examples: [
      {
        title: `dbt ${command}`,
        yaml: `id: dbt_${name.toLowerCase()}
type: io.kestra.plugin.dbt.cli.${name}
dbtPath: dbt
containerImage: ghcr.io/kestra-io/dbt-duckdb:latest
namespaceFiles:
  enabled: true
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
}
