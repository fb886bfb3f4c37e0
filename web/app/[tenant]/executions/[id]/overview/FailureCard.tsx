'use client'

import { useQuery } from '@tanstack/react-query'
import { executionText } from '#text/execution'
import { Alert } from '#ui/ui/alert'
import { Button } from '#ui/ui/button'
import { plainText } from '#web/components/logs/log-lines'
import { useTenant } from '#web/components/tenant'
import { useTRPC } from '#web/components/trpc'
import type { Execution } from '#web/server/executions/execution'

const maxLines = 1000

/** Why an execution failed: the last error of the task that did, and the way to all its lines. */
export function FailureCard({ execution, onShowLogs }: { execution: Execution; onShowLogs: (task?: string) => void }) {
  const trpc = useTRPC()
  const tenant = useTenant()
  const { id, taskRunList = [], error } = execution
  // The deepest: a task that holds others fails because of them.
  const failed = taskRunList.findLast(taskRun => taskRun.state.current === 'FAILED')
  const logs = useQuery(
    trpc.execution.logs.queryOptions(
      { tenant, id, minLevel: 'ERROR', taskRunId: failed?.id, limit: maxLines },
      { enabled: failed !== undefined, staleTime: 0 },
    ),
  )
  const message = logs.data?.at(-1)?.message ?? error
  if (!failed && !message) return null
  return (
    <Alert tone="danger">
      <p className="font-medium">
        {failed ? executionText.theTaskFailed(failed.taskId) : executionText.theExecutionFailed}
      </p>
      {message && (
        <pre className="mt-1.5 max-h-60 overflow-auto whitespace-pre-wrap break-words font-mono text-xs leading-5">
          {plainText(message)}
        </pre>
      )}
      {failed && (
        <Button size="sm" className="mt-2" onClick={() => onShowLogs(failed.taskId)}>
          {executionText.showItsLog}
        </Button>
      )}
    </Alert>
  )
}
