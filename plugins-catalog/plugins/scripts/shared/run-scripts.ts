import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type CommandSession, type PluginContext, privateFilePrefix } from '#language/define-plugin'
import type { Json } from '#language/json'
import { quote, shellOf } from './command-line'
import type { CommandProperties } from './properties'
import { type Prepared, renderList, runCommands } from './run-commands'

/** As `run` gets them: a `Script` has `script`, a `Commands` has `commands`. */
export type ScriptProperties = CommandProperties & { script?: string; commands?: string | string[] }

export type ScriptFile = {
  /** Rendered. */
  script: string
  /** As a word of the shell. */
  quoted: string
}

export type ScriptRun<Properties extends ScriptProperties> = {
  /** Of the script's file, with its dot. */
  extension: string | ((properties: Properties) => string)
  /** The command line that runs the file. */
  command: (file: ScriptFile, properties: Properties) => string
  /** What must happen before the script or the commands of this language. */
  setUp?: (setUp: {
    properties: Properties
    session: CommandSession
    ctx: PluginContext
    script?: string
  }) => Promise<Prepared>
}

/** The `run` of both tasks of a language. */
export function runScripts<Properties extends ScriptProperties = ScriptProperties>(how: ScriptRun<Properties>) {
  return (ctx: PluginContext, properties: Properties): Promise<{ [name: string]: Json }> =>
    runCommands(ctx, properties, async (session, render) => {
      if (properties.script === undefined) {
        const setUp = await how.setUp?.({ properties, session, ctx })
        return { ...setUp, lines: [...(setUp?.lines ?? []), ...(await renderList(properties.commands ?? [], render))] }
      }
      const script = await render(properties.script)
      const setUp = await how.setUp?.({ properties, session, ctx, script })
      const extension = typeof how.extension === 'string' ? how.extension : how.extension(properties)
      const name = `${privateFilePrefix}script${extension}`
      await writeFile(join(session.hostDir, name), script)
      const command = how.command({ script, quoted: quote(`${session.workingDir}/${name}`) }, properties)
      return { ...setUp, lines: [...(setUp?.lines ?? []), replaceShell(command, properties)] }
    })
}

/** The last command takes the shell's place, so that signals reach the script itself; a trap needs the shell to stay. */
function replaceShell(command: string, { interpreter, beforeCommands }: ScriptProperties): string {
  const isTrapped = /\btrap\b/.test([beforeCommands].flat().join('\n'))
  return shellOf(interpreter) === 'posix' && !isTrapped ? `exec ${command}` : command
}
