'use client'

import { executionText } from '#text/execution'
import { ValueTree } from '#ui/values/ValueTree'
import type { Execution } from '#web/server/executions/execution'

export function InputsTable({ execution }: { execution: Execution }) {
  if (Object.keys(execution.inputs).length === 0) return <p className="text-[13px] text-faint">{executionText.none}</p>
  return (
    <div className="rounded-lg border p-1.5">
      <ValueTree value={execution.inputs} path="inputs" executionId={execution.id} />
    </div>
  )
}
