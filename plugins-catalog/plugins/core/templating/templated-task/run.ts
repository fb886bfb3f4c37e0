import { type Run, TaskError } from '#language/define-plugin'
import { formatDiagnostic } from '#language/diagnostics'
import { isJsonObject } from '#language/json'
import { readYaml } from '#language/yaml/read-yaml'
import type plugin from './plugin'

const run: Run<typeof plugin> = async (ctx, { spec }) => {
  const { value, diagnostics } = readYaml(spec)
  const errors = diagnostics.filter(({ severity }) => severity === 'error')
  if (errors.length > 0) throw new TaskError(`spec: ${errors.map(formatDiagnostic).join('; ')}`)
  if (!isJsonObject(value)) throw new TaskError('spec: a map is needed, the YAML of one task')
  return ctx.runTask(value)
}

export default run
