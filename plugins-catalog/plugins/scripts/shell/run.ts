import type { PluginContext } from '#language/define-plugin'
import { renderList, runCommands } from '../shared/run-commands'
import type { ScriptProperties } from '../shared/run-scripts'

/** The interpreter is the shell itself: a script is passed to it as it is, not as a file. */
export default function run(ctx: PluginContext, properties: ScriptProperties) {
  return runCommands(ctx, properties, async (_session, render) => ({
    lines:
      properties.script === undefined
        ? await renderList(properties.commands ?? [], render)
        : [await render(properties.script)],
  }))
}
