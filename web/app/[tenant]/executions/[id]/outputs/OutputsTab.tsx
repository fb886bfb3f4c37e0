'use client'

import { PackageOpen } from 'lucide-react'
import type { JsonObject } from '#language/json'
import { executionText } from '#text/execution'
import { EmptyState } from '#ui/ui/empty-state'
import { ValueTree } from '#ui/values/ValueTree'
import type { Execution } from '#web/server/executions/execution'
import { ExpressionTester } from './ExpressionTester'
import { outputsByTask } from './outputs-by-task'

export function OutputsTab({ execution }: { execution: Execution }) {
  const tasks = outputsByTask(execution.taskRunList ?? [])
  const own = execution.outputs && Object.keys(execution.outputs).length > 0 ? execution.outputs : undefined
  return (
    <div className="max-w-5xl space-y-4 p-4 sm:p-6">
      <ExpressionTester execution={execution} />
      {!own && tasks.length === 0 && (
        <EmptyState icon={PackageOpen} title={executionText.noOutputsYet} text={executionText.whatOutputsAre} />
      )}
      {own && <Group title={executionText.theFlow} path="outputs" outputs={own} executionId={execution.id} />}
      {tasks.map(({ key, title, path, outputs }) => (
        <Group key={key} title={title} path={path} outputs={outputs} executionId={execution.id} />
      ))}
    </div>
  )
}

function Group({
  title,
  path,
  outputs,
  executionId,
}: {
  title: string
  path: string
  outputs: JsonObject
  executionId: string
}) {
  return (
    <section className="rounded-lg border">
      <h2 className="truncate border-b bg-subtle px-3 py-1.5 font-medium text-[13px]">{title}</h2>
      <div className="p-1.5">
        <ValueTree value={outputs} path={path} executionId={executionId} />
      </div>
    </section>
  )
}
