'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { LayoutTemplate, Search } from 'lucide-react'
import { blueprintText } from '#text/blueprint'
import { commonText } from '#text/common'
import { BlueprintCards } from '#ui/blueprint/BlueprintCards'
import { LoadProblem } from '#ui/LoadProblem'
import { PageHeader } from '#ui/shell/PageHeader'
import { Button } from '#ui/ui/button'
import { EmptyState } from '#ui/ui/empty-state'
import { useTenant } from '#web/components/tenant'
import { useTRPC } from '#web/components/trpc'
import { useUrlState } from '#web/components/url-state'
import { BlueprintFilters } from './BlueprintFilters'
import { kindOf } from './kinds'

/** Ready flows, and those the tenant keeps for itself. */
export function BlueprintsPage() {
  const tenant = useTenant()
  const trpc = useTRPC()
  const [params, setParams] = useUrlState()
  const filter = {
    q: params.get('q') ?? undefined,
    tag: params.get('tag') ?? undefined,
    kind: kindOf(params.get('kind')),
  }
  const isFiltered = Boolean(filter.q || filter.tag)
  const list = useQuery({
    ...trpc.blueprint.list.queryOptions({ tenant, ...filter }, { staleTime: 60_000 }),
    placeholderData: keepPreviousData,
  })
  const cards = list.data?.results ?? []
  const isEmpty = list.isSuccess && cards.length === 0
  return (
    <>
      <PageHeader
        title={commonText.blueprints}
        note={
          list.data && (
            <span className="ml-1 rounded-full bg-hover px-2 text-muted text-xs tabular-nums">{list.data.total}</span>
          )
        }
      />
      <BlueprintFilters filter={filter} tags={list.data?.tags ?? []} onChange={setParams} />
      {list.isError && <LoadProblem error={list.error} onRetry={() => list.refetch()} />}
      {!list.isError && !isEmpty && <BlueprintCards cards={list.data?.results} />}
      {isEmpty && (isFiltered || filter.kind !== 'OWN') && (
        <EmptyState icon={Search} title={blueprintText.noBlueprintMatches} text={blueprintText.tryAnotherWord}>
          <Button onClick={() => setParams({ q: undefined, tag: undefined, kind: undefined })}>
            {blueprintText.showAll}
          </Button>
        </EmptyState>
      )}
      {isEmpty && !isFiltered && filter.kind === 'OWN' && (
        <EmptyState icon={LayoutTemplate} title={blueprintText.noBlueprintOwnYet} text={blueprintText.whatABlueprintIs}>
          <Button onClick={() => setParams({ kind: undefined })}>{blueprintText.showThoseOfMillrace}</Button>
        </EmptyState>
      )}
    </>
  )
}
