import type { Path } from '#language/check/problem'
import type { Branch, TaskNode, Topology, TriggerNode } from '#language/graph/topology'

export type TopologyIndex = {
  tasks: ReadonlyMap<string, { task: TaskNode; branch: Branch }>
  triggers: ReadonlyMap<string, TriggerNode>
  /** All ids of tasks and triggers. */
  ids: ReadonlySet<string>
}

/** What is in a topology, by its key. */
export function indexTopology({ triggers, branches }: Topology): TopologyIndex {
  const tasks = new Map<string, { task: TaskNode; branch: Branch }>()
  const visit = (branch: Branch) => {
    for (const task of branch.tasks) {
      tasks.set(task.key, { task, branch })
      task.branches.forEach(visit)
    }
  }
  branches.forEach(visit)
  const nodes = [...triggers, ...[...tasks.values()].map(({ task }) => task)]
  return {
    tasks,
    triggers: new Map(triggers.map(trigger => [trigger.key, trigger])),
    ids: new Set(nodes.flatMap(({ id }) => id ?? [])),
  }
}

/** Where the item of a task or trigger stands in its list. */
export function itemPathOf(key: string, { tasks, triggers }: TopologyIndex): Path | undefined {
  return tasks.get(key)?.task.itemPath ?? triggers.get(key)?.path
}
