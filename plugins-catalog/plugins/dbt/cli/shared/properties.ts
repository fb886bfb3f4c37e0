import { z } from 'zod'
import { bool, content, map, text } from '#language/fields'
import { commandOutputs } from '../../../scripts/shared/properties'

/** What every task of dbt's command line may say. */
export const dbtProperties = {
  profiles: content().meta({ description: 'The `profiles.yml`; it replaces one that is there.' }).optional(),
  projectDir: text().meta({ description: 'Folder of the project, below the working directory.' }).optional(),
  parseRunResults: bool()
    .meta({ description: 'Whether the log tells how each node ended, from `target/run_results.json`.' })
    .default(true),
}

export const defaultImage = 'ghcr.io/kestra-io/dbt'

export const dbtOutputs = commandOutputs.extend({
  outputFiles: map(z.string()).meta({
    description: 'Name to URI of each output file; `run_results.json` and `manifest.json` among them.',
  }),
})
