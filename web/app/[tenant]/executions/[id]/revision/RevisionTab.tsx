'use client'

import { useQuery } from '@tanstack/react-query'
import { FileQuestionMark } from 'lucide-react'
import Link from 'next/link'
import { useState } from 'react'
import { executionText } from '#text/execution'
import { LoadProblem } from '#ui/LoadProblem'
import { TextDiff } from '#ui/text-diff/TextDiff'
import { EmptyState } from '#ui/ui/empty-state'
import { NativeSelect } from '#ui/ui/input'
import { SkeletonRows } from '#ui/ui/skeleton'
import { codeOf } from '#web/components/request-error'
import { useTenant } from '#web/components/tenant'
import { useTRPC } from '#web/components/trpc'
import type { Execution } from '#web/server/executions/execution'

/** The flow's text as it ran, alone or beside what it is now. */
export function RevisionTab({ execution }: { execution: Execution }) {
  const tenant = useTenant()
  const trpc = useTRPC()
  const { namespace, flowId: id, flowRevision } = execution
  const revisions = useQuery(trpc.flow.revisions.queryOptions({ tenant, namespace, id }))
  const [isCompared, setIsCompared] = useState(true)
  if (revisions.isPending) return <SkeletonRows />
  if (revisions.isError && codeOf(revisions.error) !== 'NOT_FOUND') {
    return <LoadProblem error={revisions.error} onRetry={() => revisions.refetch()} />
  }
  const ran = revisions.data?.find(({ revision }) => revision === flowRevision)
  const newest = revisions.data?.[0]
  if (!ran || !newest) {
    return (
      <EmptyState
        icon={FileQuestionMark}
        title={executionText.revisionIsGone(flowRevision)}
        text={executionText.flowWasDeleted}
      />
    )
  }
  const isNewest = newest.revision === flowRevision
  return (
    <section aria-label={executionText.revisionNumber(flowRevision)} className="flex h-full min-h-0 flex-col">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b px-4 py-2 text-[13px] sm:px-6">
        <span className="flex-1 text-muted">
          {isNewest
            ? executionText.ranCurrentRevision(flowRevision)
            : executionText.ranOlderRevision(flowRevision, newest.revision)}
        </span>
        {!isNewest && (
          <NativeSelect
            aria-label={executionText.whatIsShown}
            className="w-auto"
            value={isCompared ? 'changes' : 'text'}
            onChange={event => setIsCompared(event.target.value === 'changes')}
          >
            <option value="changes">{executionText.changesSinceThen}</option>
            <option value="text">{executionText.theTextThatRan}</option>
          </NativeSelect>
        )}
        <Link href={`/${tenant}/flows/${namespace}/${id}`} className="text-accent text-xs hover:underline">
          {executionText.openTheFlow}
        </Link>
      </div>
      {isCompared && !isNewest ? (
        <TextDiff before={ran.source} after={newest.source} />
      ) : (
        <TextDiff after={ran.source} />
      )}
    </section>
  )
}
