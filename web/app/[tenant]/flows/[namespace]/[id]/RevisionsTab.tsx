'use client'

import { useQuery } from '@tanstack/react-query'
import dynamic from 'next/dynamic'
import { useState } from 'react'
import { commonText } from '#text/common'
import { flowText } from '#text/flow'
import { Age } from '#ui/Age'
import { LoadProblem } from '#ui/LoadProblem'
import { TextDiff } from '#ui/text-diff/TextDiff'
import { Button } from '#ui/ui/button'
import { SkeletonRows } from '#ui/ui/skeleton'
import { useTenant } from '#web/components/tenant'
import { type Outputs, useTRPC } from '#web/components/trpc'
import { useUrlState } from '#web/components/url-state'

const FlowDiff = dynamic(() => import('#ui/flow-graph/FlowDiff').then(module => module.FlowDiff), { ssr: false })

const views = { text: commonText.text, graph: flowText.graph }
type View = keyof typeof views

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
  const [params, setParams] = useUrlState()
  const view: View = params.get('view') === 'graph' ? 'graph' : 'text'
  if (revisions.isPending) return <SkeletonRows />
  if (revisions.isLoadingError) return <LoadProblem error={revisions.error} onRetry={() => revisions.refetch()} />
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
                {flowText.revisionNumber(revision)}
                {revision === flow.revision && (
                  <span className="ml-1.5 font-normal text-faint text-xs">{flowText.current}</span>
                )}
              </span>
              <span className="text-muted text-xs">
                <Age date={createdAt} />
              </span>
            </button>
          </li>
        ))}
      </ol>
      {shown && (
        <section className="flex min-w-0 flex-1 flex-col" aria-label={flowText.revisionNumber(shown.revision)}>
          <div className="flex items-center gap-2 border-b px-4 py-2 text-[13px]">
            <span className="flex-1 text-muted">
              {before ? flowText.changesFromRevisionTo(before.revision, shown.revision) : flowText.theFirstRevision}
            </span>
            <ViewSwitch view={view} onView={next => setParams({ view: next === 'text' ? undefined : next })} />
            {shown.revision !== flow.revision && (
              <Button size="sm" onClick={() => onRestore(shown.source)}>
                {flowText.restoreInTheEditor}
              </Button>
            )}
          </div>
          {view === 'text' ? (
            <TextDiff before={before?.source} after={shown.source} />
          ) : (
            <div className="min-h-80 flex-1">
              <FlowDiff key={shown.revision} before={before?.source} after={shown.source} />
            </div>
          )}
        </section>
      )}
    </div>
  )
}

function ViewSwitch({ view, onView }: { view: View; onView: (view: View) => void }) {
  return (
    <fieldset className="flex rounded-md border p-0.5" aria-label={flowText.showTheChangesAs}>
      {Object.entries(views).map(([name, label]) => (
        <button
          key={name}
          type="button"
          aria-pressed={view === name}
          onClick={() => onView(name === 'graph' ? 'graph' : 'text')}
          className="rounded px-2 py-0.5 text-muted text-xs hover:text-fg aria-pressed:bg-hover aria-pressed:font-medium aria-pressed:text-fg"
        >
          {label}
        </button>
      ))}
    </fieldset>
  )
}
