'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { FileQuestionMark } from 'lucide-react'
import Link from 'next/link'
import { blueprintText } from '#text/blueprint'
import { commonText } from '#text/common'
import { LoadProblem } from '#ui/LoadProblem'
import { PageHeader } from '#ui/shell/PageHeader'
import { Button } from '#ui/ui/button'
import { EmptyState } from '#ui/ui/empty-state'
import { SkeletonRows } from '#ui/ui/skeleton'
import { codeOf } from '#web/components/request-error'
import { useTenant } from '#web/components/tenant'
import { useTRPC } from '#web/components/trpc'
import { useUrlState } from '#web/components/url-state'
import { BlueprintView } from './BlueprintView'

export function BlueprintPage({ id }: { id: string }) {
  const tenant = useTenant()
  const trpc = useTRPC()
  const [params, setParams] = useUrlState()
  const version = Number(params.get('version')) || undefined
  const blueprint = useQuery({
    ...trpc.blueprint.get.queryOptions({ tenant, id, version }),
    placeholderData: keepPreviousData,
  })
  const all = { label: commonText.blueprints, href: `/${tenant}/blueprints` }
  if (blueprint.data) {
    return (
      <BlueprintView
        blueprint={blueprint.data}
        onVersion={chosen => setParams({ version: chosen === undefined ? undefined : String(chosen) })}
      />
    )
  }
  return (
    <>
      <PageHeader crumbs={[all]} title={blueprintText.blueprint} />
      {blueprint.isPending && <SkeletonRows count={4} />}
      {codeOf(blueprint.error) === 'NOT_FOUND' && (
        <EmptyState
          icon={FileQuestionMark}
          title={blueprintText.noSuchBlueprint}
          text={blueprintText.mayHaveBeenDeleted}
        >
          <Button asChild>
            <Link href={all.href}>{blueprintText.allBlueprints}</Link>
          </Button>
        </EmptyState>
      )}
      {blueprint.isError && codeOf(blueprint.error) !== 'NOT_FOUND' && (
        <LoadProblem error={blueprint.error} onRetry={() => blueprint.refetch()} />
      )}
    </>
  )
}
