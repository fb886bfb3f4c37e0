'use client'

import { useQuery } from '@tanstack/react-query'
import { CalendarClock } from 'lucide-react'
import { flowText } from '#text/flow'
import { LoadProblem } from '#ui/LoadProblem'
import { TriggerDetails } from '#ui/triggers/TriggerDetails'
import { EmptyState } from '#ui/ui/empty-state'
import { SkeletonRows } from '#ui/ui/skeleton'
import { useTenant } from '#web/components/tenant'
import { useTRPC } from '#web/components/trpc'

const refreshMs = 2000
/** No flow has more. */
const limit = 500

/** The triggers of a flow, each with what it says, what it remembers and what it will do. */
export function TriggersTab({ namespace, id }: { namespace: string; id: string }) {
  const tenant = useTenant()
  const trpc = useTRPC()
  const triggers = useQuery(
    trpc.trigger.listOfFlow.queryOptions({ tenant, namespace, flowId: id, limit }, { refetchInterval: refreshMs }),
  )
  if (triggers.isPending) return <SkeletonRows count={3} />
  if (triggers.isLoadingError) return <LoadProblem error={triggers.error} onRetry={() => triggers.refetch()} />
  if (triggers.data.results.length === 0) {
    return (
      <EmptyState
        icon={CalendarClock}
        title={flowText.flowHasNoTrigger}
        text={flowText.howItStarts(<code className="font-mono text-xs">triggers:</code>)}
      />
    )
  }
  return (
    <ul className="space-y-4 p-4 sm:p-6">
      {triggers.data.results.map(trigger => (
        <li key={trigger.triggerId}>
          <TriggerDetails trigger={trigger} />
        </li>
      ))}
    </ul>
  )
}
