'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Age } from '#ui/Age'
import { LoadProblem } from '#ui/LoadProblem'
import { Button } from '#ui/ui/button'
import { SkeletonRows } from '#ui/ui/skeleton'
import { useTenant } from '#web/components/tenant'
import { type Outputs, useTRPC } from '#web/components/trpc'
import { RevisionDiff } from './RevisionDiff'

/** All revisions, newest first; the chosen one beside the one before it. */
export function RevisionsTab({
  flow,
  onRestore,
}: {
  flow: Outputs['flow']['get']
  onRestore: (source: string) => void
}) {
  const tenant = useTenant()
  const trpc = useTRPC()
  const revisions = useQuery(trpc.flow.revisions.queryOptions({ tenant, namespace: flow.namespace, id: flow.id }))
  const [chosen, setChosen] = useState(flow.revision)
  if (revisions.isPending) return <SkeletonRows />
  if (revisions.isError) return <LoadProblem error={revisions.error} onRetry={() => revisions.refetch()} />
  const index = Math.max(
    0,
    revisions.data.findIndex(({ revision }) => revision === chosen),
  )
  const shown = revisions.data[index]
  const before = revisions.data[index + 1]

  return (
    <div className="flex h-full min-h-0 flex-col md:flex-row">
      <ol className="max-h-40 shrink-0 overflow-auto border-b p-2 md:max-h-none md:w-56 md:border-r md:border-b-0">
        {revisions.data.map(({ revision, createdAt }) => (
          <li key={revision}>
            <button
              type="button"
              aria-current={revision === shown?.revision}
              onClick={() => setChosen(revision)}
              className="flex w-full items-baseline justify-between rounded-md px-2.5 py-1.5 text-left text-[13px] hover:bg-hover aria-current:bg-hover"
            >
              <span className="font-medium">
                Revision {revision}
                {revision === flow.revision && <span className="ml-1.5 font-normal text-faint text-xs">current</span>}
              </span>
              <span className="text-muted text-xs">
                <Age date={createdAt} />
              </span>
            </button>
          </li>
        ))}
      </ol>
      {shown && (
        <section className="flex min-w-0 flex-1 flex-col" aria-label={`Revision ${shown.revision}`}>
          <div className="flex items-center gap-2 border-b px-4 py-2 text-[13px]">
            <span className="flex-1 text-muted">
              {before ? `Changes from revision ${before.revision} to ${shown.revision}` : 'The first revision'}
            </span>
            {shown.revision !== flow.revision && (
              <Button size="sm" onClick={() => onRestore(shown.source)}>
                Restore in the editor
              </Button>
            )}
          </div>
          <RevisionDiff before={before?.source} after={shown.source} />
        </section>
      )}
    </div>
  )
}
