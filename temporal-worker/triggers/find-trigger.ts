import { applyDefaults } from '#language/compile/defaults'
import type { PluginDefinition } from '#language/define-plugin'
import type { Trigger } from '#language/flow'
import type { ActivityDependencies } from '../activities/dependencies'
import type { TriggerRef } from '../contract'
import type { LoadedFlow } from '../starts/load-flow'

/** A trigger as its flow has it now, with the defaults of its type; undefined where it is disabled or of another type. */
export function findTrigger(
  { catalog }: Pick<ActivityDependencies, 'catalog'>,
  { ref, type, loaded }: { ref: TriggerRef; type: string; loaded: LoadedFlow },
): { definition: Trigger; plugin: PluginDefinition } | undefined {
  const written = loaded.flow.triggers.find(({ id }) => id === ref.triggerId)
  const plugin = catalog.find(type)
  if (written === undefined || plugin === undefined || catalog.find(written.type) !== plugin) return undefined
  const definition = applyDefaults(written, loaded.defaults, catalog) as Trigger
  return definition.disabled === true ? undefined : { definition, plugin }
}
