import { type PluginDefinition, TaskError } from '#language/define-plugin'
import type { JsonObject } from '#language/json'
import type { ActivityDependencies } from './dependencies'
import { propertyProblems } from './property-problems'
import type { OpenContext } from './task-context'

export type PluginSources = Pick<ActivityDependencies, 'catalog' | 'runs'>

/** Renders a task's properties in its context, checks them by its plugin and runs that. */
export async function runPlugin(
  { catalog, runs }: PluginSources,
  { type, properties, line }: { type: string; properties: JsonObject; line?: number },
  opened: Omit<OpenContext, 'close'>,
): Promise<JsonObject> {
  const definition = catalog.find(type)
  const load = Object.hasOwn(runs, type) ? runs[type] : undefined
  if (definition === undefined || load === undefined) throw new TaskError(`This version of Millrace can't run ${type}`)
  const parsed = await readProperties(definition, { properties, line }, opened)
  const { default: run } = await load()
  return run(opened.context, parsed as never)
}

/** A plugin's properties, rendered and checked. */
export async function readProperties(
  definition: PluginDefinition,
  { properties, line, holder }: { properties: JsonObject; line?: number; holder?: 'task' | 'trigger' },
  { renderer, scope }: Pick<OpenContext, 'renderer' | 'scope'>,
): Promise<unknown> {
  const { renderLater: later = [], keepsType = [] } = definition
  const pick = (isMeant: (name: string) => boolean) =>
    Object.fromEntries(Object.entries(properties).filter(([name]) => isMeant(name)))
  const typed = pick(name => keepsType.includes(name))
  const rendered = {
    ...((await renderer(
      pick(name => !later.includes(name) && !keepsType.includes(name)),
      scope,
    )) as JsonObject),
    ...((await renderer(typed, scope, { typed: true })) as JsonObject),
  }
  const given = Object.fromEntries(Object.entries(rendered).filter(([, value]) => value !== null))
  const parsed = definition.properties.safeParse({ ...given, ...pick(name => later.includes(name)) })
  if (!parsed.success) {
    throw new TaskError(propertyProblems(parsed.error.issues, { raw: properties, rendered, line, holder }))
  }
  return parsed.data
}
