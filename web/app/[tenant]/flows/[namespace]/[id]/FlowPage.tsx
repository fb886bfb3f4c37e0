'use client'

import { useQuery } from '@tanstack/react-query'
import { FileQuestionMark } from 'lucide-react'
import Link from 'next/link'
import { commonText } from '#text/common'
import { flowText } from '#text/flow'
import { LoadProblem } from '#ui/LoadProblem'
import { PageHeader } from '#ui/shell/PageHeader'
import { Button } from '#ui/ui/button'
import { EmptyState } from '#ui/ui/empty-state'
import { SkeletonRows } from '#ui/ui/skeleton'
import { useWorkspaceCode } from '#web/components/flow-editor/use-flow-reading'
import { codeOf } from '#web/components/request-error'
import { useTenant } from '#web/components/tenant'
import { useTRPC } from '#web/components/trpc'
import { useUrlState } from '#web/components/url-state'
import { FlowTabs } from './FlowTabs'

export function FlowPage({ namespace, id }: { namespace: string; id: string }) {
  const tenant = useTenant()
  const trpc = useTRPC()
  const [params] = useUrlState()
  const flow = useQuery(trpc.flow.get.queryOptions({ tenant, namespace, id }))
  if (flow.data) return <FlowTabs flow={flow.data} />
  return (
    <>
      <PageHeader crumbs={[{ label: commonText.flows, href: `/${tenant}/flows` }]} title={id} />
      {flow.isPending && <SkeletonRows count={4} />}
      {flow.isPending && !params.has('tab') && <EditorCode />}
      {codeOf(flow.error) === 'NOT_FOUND' && (
        <EmptyState icon={FileQuestionMark} title={flowText.noSuchFlow} text={flowText.nothingIsCalled(id, namespace)}>
          <Button asChild>
            <Link href={`/${tenant}/flows`}>{flowText.allFlows}</Link>
          </Button>
        </EmptyState>
      )}
      {flow.isError && codeOf(flow.error) !== 'NOT_FOUND' && (
        <LoadProblem error={flow.error} onRetry={() => flow.refetch()} />
      )}
    </>
  )
}

/** Loads what the editor is made of while the text is on its way. */
function EditorCode() {
  useWorkspaceCode()
  return null
}
