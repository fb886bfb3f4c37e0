import { z } from 'zod'
import {
  type CommandRequest,
  type CommandResult,
  type CommandSession,
  type PluginContext,
  TaskError,
} from '#language/define-plugin'
import { list, map, text } from '#language/fields'
import type { Json } from '#language/json'
import { buildCommand } from './command-line'
import { replaceUris, writeInputFiles } from './input-files'
import { writeNamespaceFiles } from './namespace-files'
import type { CommandProperties } from './properties'

/** What a task adds to the common work: its lines, rendered, and variables for them. */
export type Prepared = {
  /** What must be there before the task's own `beforeCommands`. */
  first?: string[]
  lines: string[]
  env?: Record<string, string>
} & Pick<CommandRequest, 'handOver' | 'readLine'>

/** Renders with the session's variables and puts local paths in the place of stored files' URIs. */
export type RenderLines = (source: Json) => Promise<string>

/**
 * The common way of every task that runs users' code: opens a session, writes the files, lets `prepare` say what to
 * run, runs it, and turns its end into outputs or a failure.
 */
export async function runCommands(
  ctx: PluginContext,
  properties: CommandProperties,
  prepare: (session: CommandSession, render: RenderLines) => Promise<Prepared>,
): Promise<{ [name: string]: Json }> {
  const taskRunner = taskRunnerOf(properties)
  const session = await ctx.openCommandSession(taskRunner)
  const variables = sessionVariables(session, properties.outputFiles)
  const render: RenderLines = async source => replaceUris(asText(await ctx.render(source, variables)), session, ctx)

  if (properties.namespaceFiles?.enabled) await writeNamespaceFiles(properties.namespaceFiles, session.hostDir, ctx)
  if (properties.inputFiles !== undefined) {
    await writeInputFiles(await ctx.render(properties.inputFiles, variables), session, ctx)
  }
  const beforeCommands = await renderList(properties.beforeCommands, render)
  const env = map(text()).parse(await ctx.render(properties.env, variables))
  const { first = [], lines, env: own, ...more } = await prepare(session, render)

  const result = await session.run({
    ...(taskRunner && { taskRunner }),
    image: imageOf(properties),
    command: await buildCommand({
      ...properties,
      lines: [...first, ...beforeCommands, ...lines],
      hostDir: session.hostDir,
      workingDir: session.workingDir,
    }),
    env: {
      ...own,
      ...env,
      WORKING_DIR: session.workingDir,
      OUTPUT_DIR: session.outputDir,
      BUCKET_PATH: '',
    },
    outputFiles: properties.outputFiles,
    ...more,
  })
  return finish(result)
}

/** A list of commands, or an expression that renders to one. */
export async function renderList(source: string | string[], render: RenderLines): Promise<string[]> {
  if (Array.isArray(source)) return Promise.all(source.map(render))
  const parsed = list(text()).safeParse(await render(source))
  if (!parsed.success) throw new TaskError(`This must render to a list of commands: ${z.prettifyError(parsed.error)}`)
  return parsed.data
}

function sessionVariables(session: CommandSession, outputFiles: string[]): { [name: string]: Json } {
  const plain = outputFiles.filter(name => !/[*?[\]{}]/.test(name))
  return {
    workingDir: session.workingDir,
    outputDir: session.outputDir,
    outputFiles: Object.fromEntries(plain.map(name => [name, `${session.workingDir}/${name}`])),
    bucketPath: '',
  }
}

/** `runner: PROCESS` and `docker: {...}` are how flows said it before there were task runners. */
function taskRunnerOf({ taskRunner, runner, docker }: CommandProperties): CommandRequest['taskRunner'] {
  if (taskRunner !== undefined) return taskRunner as CommandRequest['taskRunner']
  if (runner === 'PROCESS') return { type: 'io.kestra.plugin.core.runner.Process' }
  if (docker === undefined) return undefined
  const { image: _image, ...options } = docker
  return { type: 'io.kestra.plugin.scripts.runner.docker.Docker', ...options }
}

export function imageOf({ docker, containerImage }: CommandProperties): string {
  return typeof docker?.image === 'string' ? docker.image : containerImage
}

function asText(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

const reasons: Record<NonNullable<CommandResult['reason']>, string> = {
  oom: 'The command ran out of memory: give the task more, or read its data in parts',
  deadline: "The command was ended because the task's timeout passed",
  image: "The container image can't be used: the log says why",
  evicted: 'The command was ended because its machine was needed otherwise',
  cancelled: 'The command was ended because the execution was killed',
}

function finish(result: CommandResult): { [name: string]: Json } {
  const { exitCode, reason, vars, outputFiles, taskRunner, errorLines = [] } = result
  const outputs = { vars, exitCode, outputFiles, taskRunner }
  if (exitCode === 0 && reason === undefined) return outputs
  const cause = reason === undefined ? 'The command failed' : reasons[reason]
  const tail = errorLines.length === 0 ? [] : ['Its last lines on stderr:', ...errorLines.map(line => `  ${line}`)]
  const message = [`${cause} (exit code ${exitCode}).`, ...tail, 'All its output is in the log of this task run.']
  throw new TaskError(message.join('\n'), { outputs })
}
