import { type CommandSession, type RunContext, TaskError } from '#language/define-plugin'
import type { Json } from '#language/json'
import type { CommandProperties } from '../../../scripts/shared/properties'
import { type RenderLines, runCommands } from '../../../scripts/shared/run-commands'
import { writeInside } from '../../../scripts/shared/write-inside'
import { type ArtifactWishes, createArtifacts } from './artifacts'
import { createLineReader } from './log-line'

export type DbtProperties = CommandProperties & ArtifactWishes & { profiles?: string }

const env = { PYTHONUNBUFFERED: 'true', PIP_ROOT_USER_ACTION: 'ignore' }

/** Runs dbt's command lines as every task with users' code does; `profiles` is where its profiles are to lie. */
export async function runDbt(
  ctx: RunContext,
  properties: DbtProperties,
  how: { profiles: string; lines(session: CommandSession, render: RenderLines): Promise<string[]> },
): Promise<{ [name: string]: Json }> {
  const { files, failures, handOver } = createArtifacts(properties, ctx)
  const withFiles = (outputs: { [name: string]: Json }) =>
    Object.keys(files).length === 0
      ? outputs
      : { ...outputs, outputFiles: { ...(outputs.outputFiles as object), ...files } }
  try {
    const outputs = await runCommands(ctx, properties, async (session, render) => {
      if (properties.profiles) await writeInside(session.hostDir, how.profiles, properties.profiles)
      return { lines: await how.lines(session, render), env, handOver, readLine: createLineReader(ctx.metric) }
    })
    return withFiles(outputs)
  } catch (error) {
    if (!(error instanceof TaskError)) throw error
    const message = [...failures, error.message].join('\n')
    throw new TaskError(message, { outputs: withFiles(error.outputs), cause: error })
  }
}
