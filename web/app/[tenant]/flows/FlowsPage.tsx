'use client'

import { useInfiniteQuery } from '@tanstack/react-query'
import { Plus, Search } from 'lucide-react'
import Link from 'next/link'
import { commonText } from '#text/common'
import { flowText } from '#text/flow'
import { LoadMore } from '#ui/LoadMore'
import { LoadProblem } from '#ui/LoadProblem'
import { SearchInput } from '#ui/SearchInput'
import { PageHeader } from '#ui/shell/PageHeader'
import { Button } from '#ui/ui/button'
import { EmptyState } from '#ui/ui/empty-state'
import { SkeletonRows } from '#ui/ui/skeleton'
import { useMay, useTenant } from '#web/components/tenant'
import { useTRPC } from '#web/components/trpc'
import { useUrlState } from '#web/components/url-state'
import { FirstFlow } from './FirstFlow'
import { FlowsTable } from './FlowsTable'

const pageSize = 50
const refreshMs = 10_000

export function FlowsPage() {
  const tenant = useTenant()
  const trpc = useTRPC()
  const may = useMay()
  const [params, setParams] = useUrlState()
  const q = params.get('q') ?? undefined
  const namespace = params.get('namespace') ?? undefined
  const flows = useInfiniteQuery(
    trpc.flow.list.infiniteQueryOptions(
      { tenant, q, namespace, limit: pageSize },
      { getNextPageParam: page => page.nextCursor, refetchInterval: refreshMs },
    ),
  )
  const rows = flows.data?.pages.flatMap(page => page.results) ?? []
  const isFiltered = Boolean(q || namespace)
  const isEmpty = flows.isSuccess && rows.length === 0

  return (
    <>
      <PageHeader
        title={commonText.flows}
        actions={
          may('FLOW:CREATE') && (
            <Button variant="primary" asChild>
              <Link href={`/${tenant}/flows/new`}>
                <Plus aria-hidden /> {flowText.newFlow}
              </Link>
            </Button>
          )
        }
      />
      {!(isEmpty && !isFiltered) && (
        <div className="flex flex-wrap gap-2 border-b px-4 pb-3 sm:px-6">
          <SearchInput label={flowText.searchFlows} value={q} onChange={value => setParams({ q: value })} />
          {namespace && (
            <Button size="md" onClick={() => setParams({ namespace: undefined })} title={flowText.showAllNamespaces}>
              {flowText.ofNamespace(namespace)} ×
            </Button>
          )}
        </div>
      )}
      {flows.isPending && <SkeletonRows />}
      {flows.isError && <LoadProblem error={flows.error} onRetry={() => flows.refetch()} />}
      {rows.length > 0 && <FlowsTable flows={rows} onNamespace={value => setParams({ namespace: value })} />}
      {isEmpty && !isFiltered && <FirstFlow />}
      {isEmpty && isFiltered && (
        <EmptyState icon={Search} title={flowText.noFlowMatches} text={flowText.tryAnotherWord}>
          <Button onClick={() => setParams({ q: undefined, namespace: undefined })}>{flowText.clearTheSearch}</Button>
        </EmptyState>
      )}
      <LoadMore query={flows} />
    </>
  )
}
