/** Package names of Kestra before 0.18, by what they became. */
const renamedPackages: readonly [old: string, current: string][] = [
  ['io.kestra.core.tasks.flows.', 'io.kestra.plugin.core.flow.'],
  ['io.kestra.core.tasks.log.', 'io.kestra.plugin.core.log.'],
  ['io.kestra.core.tasks.debugs.', 'io.kestra.plugin.core.debug.'],
  ['io.kestra.core.tasks.storages.', 'io.kestra.plugin.core.storage.'],
  ['io.kestra.core.tasks.executions.', 'io.kestra.plugin.core.execution.'],
  ['io.kestra.core.tasks.outputs.', 'io.kestra.plugin.core.output.'],
  ['io.kestra.core.tasks.metrics.', 'io.kestra.plugin.core.metric.'],
  ['io.kestra.core.tasks.kv.', 'io.kestra.plugin.core.kv.'],
  ['io.kestra.core.tasks.namespace.', 'io.kestra.plugin.core.namespace.'],
  ['io.kestra.core.tasks.states.', 'io.kestra.plugin.core.state.'],
  ['io.kestra.core.tasks.templating.', 'io.kestra.plugin.core.templating.'],
  ['io.kestra.core.tasks.trigger.', 'io.kestra.plugin.core.trigger.'],
  ['io.kestra.core.tasks.scripts.', 'io.kestra.plugin.scripts.shell.'],
  ['io.kestra.core.models.triggers.types.', 'io.kestra.plugin.core.trigger.'],
  ['io.kestra.core.models.conditions.types.', 'io.kestra.plugin.core.condition.'],
  ['io.kestra.plugin.fs.http.', 'io.kestra.plugin.core.http.'],
]

/** Single names that a change of package doesn't explain. */
const renamedTypes: Readonly<Record<string, string>> = {
  'io.kestra.core.tasks.flows.Flow': 'io.kestra.plugin.core.flow.Subflow',
  'io.kestra.plugin.core.flow.Flow': 'io.kestra.plugin.core.flow.Subflow',
  'io.kestra.plugin.core.flow.WaitFor': 'io.kestra.plugin.core.flow.LoopUntil',
  'io.kestra.core.tasks.flows.WaitFor': 'io.kestra.plugin.core.flow.LoopUntil',
  'io.kestra.core.tasks.scripts.Bash': 'io.kestra.plugin.scripts.shell.Commands',
  'io.kestra.core.tasks.scripts.Python': 'io.kestra.plugin.scripts.python.Commands',
  'io.kestra.core.tasks.scripts.Node': 'io.kestra.plugin.scripts.node.Commands',
  'io.kestra.core.models.conditions.types.VariableCondition': 'io.kestra.plugin.core.condition.Expression',
  'io.kestra.plugin.scripts.runner.docker.DockerTaskRunner': 'io.kestra.plugin.scripts.runner.docker.Docker',
  'io.kestra.plugin.kubernetes.runner.Kubernetes': 'io.kestra.plugin.ee.kubernetes.runner.Kubernetes',
  'io.kestra.core.tasks.storages.Purge': 'io.kestra.plugin.core.execution.PurgeExecutions',
  'io.kestra.plugin.core.storage.Purge': 'io.kestra.plugin.core.execution.PurgeExecutions',
  'io.kestra.core.tasks.storages.PurgeExecution': 'io.kestra.plugin.core.storage.PurgeCurrentExecutionFiles',
  'io.kestra.plugin.core.storage.PurgeExecution': 'io.kestra.plugin.core.storage.PurgeCurrentExecutionFiles',
}

/** The names that a type of an older Kestra may have today, likeliest first. */
export function legacyTypeNames(type: string): string[] {
  const names = Object.hasOwn(renamedTypes, type) ? [renamedTypes[type]!] : []
  for (const [old, current] of renamedPackages) {
    if (type.startsWith(old)) names.push(current + type.slice(old.length))
  }
  return [...names, ...names.concat(type).filter(isCondition).map(withoutConditionSuffix)]
}

/** Conditions once ended in `Condition`. */
function isCondition(name: string): boolean {
  return name.startsWith('io.kestra.plugin.core.condition.') && name.endsWith('Condition')
}

function withoutConditionSuffix(name: string): string {
  return name.slice(0, -'Condition'.length)
}
