import { TaskError } from '#language/define-plugin'
import type { JsonObject } from '#language/json'
import type { ActivityDependencies } from './dependencies'
import type { OpenContext } from './task-context'

export type PluginSources = Pick<ActivityDependencies, 'catalog' | 'runs'>

/** Renders a task's properties in its context, checks them by its plugin and runs that. */
export async function runPlugin(
  { catalog, runs }: PluginSources,
  { type, properties }: { type: string; properties: JsonObject },
  { context, renderer, scope }: Omit<OpenContext, 'close'>,
): Promise<JsonObject> {
  const definition = catalog.find(type)
  const load = Object.hasOwn(runs, type) ? runs[type] : undefined
  if (definition === undefined || load === undefined) throw new TaskError(`This version of Millrace can't run ${type}`)
  const later: readonly string[] = definition.renderLater ?? []
  const entries = Object.entries(properties)
  const asWritten = entries.filter(([name]) => later.includes(name))
  const toRender = Object.fromEntries(entries.filter(([name]) => !later.includes(name)))
  const rendered = (await renderer(toRender, scope)) as JsonObject
  const given = Object.entries(rendered).filter(([, value]) => value !== null)
  const parsed = definition.properties.safeParse(Object.fromEntries([...given, ...asWritten]))
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'task'}: ${message}`)
    throw new TaskError(`The task's properties are not valid: ${problems.join('; ')}`)
  }
  const { default: run } = await load()
  return run(context, parsed.data as never)
}
