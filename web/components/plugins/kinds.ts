import type { PluginDefinition } from '#language/define-plugin'
import { commonText } from '#text/common'
import { pluginText } from '#text/plugin'

export type PluginKind = PluginDefinition['kind']

export const kindLabels: Record<PluginKind, { one: string; many: string; common: string }> = {
  task: { one: commonText.task, many: pluginText.tasks, common: pluginText.propertiesOfAllTasks },
  trigger: { one: commonText.trigger, many: commonText.triggers, common: pluginText.propertiesOfAllTriggers },
  taskRunner: { one: pluginText.taskRunner, many: pluginText.taskRunners, common: pluginText.propertiesAllTaskRunners },
  condition: { one: pluginText.condition, many: pluginText.conditions, common: pluginText.propertiesOfAllConditions },
}
export const kindNames = Object.keys(kindLabels) as PluginKind[]
