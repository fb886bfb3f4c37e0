import type { RunContext } from '#language/define-plugin'
import type { Json } from '#language/json'
import { quote } from '../../../scripts/shared/command-line'
import { defaultInterpreter } from '../../../scripts/shared/properties'
import type { DbtTask } from './define-dbt-task'
import { runDbt } from './run-dbt'

/** The `run` of a task of one dbt command. */
export function runDbtTask(command: string) {
  return (ctx: RunContext, task: DbtTask): Promise<{ [name: string]: Json }> => {
    const { docker = task.dockerOptions } = task
    const common = { beforeCommands: [], interpreter: defaultInterpreter, targetOS: 'AUTO' as const }
    return runDbt(
      ctx,
      { ...task, ...common, docker },
      {
        profiles: '.profile/profiles.yml',
        lines: async ({ workingDir }) => [commandLine(command, task, workingDir)],
      },
    )
  }
}

function commandLine(command: string, task: DbtTask, workingDir: string): string {
  const { projectDir, thread, target, selector, select = [], exclude = [] } = task
  const words = [
    task.dbtPath,
    '--log-format json',
    ...(task.debug ? ['--debug'] : []),
    ...(task.failFast ? ['--fail-fast'] : []),
    ...(task.warnError ? ['--warn-error'] : []),
    command,
    `--profiles-dir ${quote(`${workingDir}/.profile`)}`,
    ...(thread === undefined ? [] : [`--threads ${thread}`]),
    ...(task.fullRefresh ? ['--full-refresh'] : []),
    ...(target === undefined ? [] : [`--target ${quote(target)}`]),
    ...(selector === undefined ? [] : [`--selector ${quote(selector)}`]),
    ...(select.length === 0 ? [] : ['--select', ...select.map(quote)]),
    ...(exclude.length === 0 ? [] : ['--exclude', ...exclude.map(quote)]),
    `--project-dir ${quote([workingDir, ...(projectDir ?? '').split('/').filter(Boolean)].join('/'))}`,
  ]
  return words.join(' ')
}
