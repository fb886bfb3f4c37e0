'use client'

import { useQuery } from '@tanstack/react-query'
import { blueprintText } from '#text/blueprint'
import { LoadProblem } from '#ui/LoadProblem'
import { TextDiff } from '#ui/text-diff/TextDiff'
import { SkeletonRows } from '#ui/ui/skeleton'
import { useTenant } from '#web/components/tenant'
import { useTRPC } from '#web/components/trpc'
import type { BlueprintDetail } from './BlueprintView'
import { PanelTitle } from './PanelTitle'

/** What the newest version says otherwise than an older one. */
export function SinceThen({ blueprint: { id, version, latestVersion, source } }: { blueprint: BlueprintDetail }) {
  const tenant = useTenant()
  const trpc = useTRPC()
  const newest = useQuery(trpc.blueprint.get.queryOptions({ tenant, id }))
  return (
    <section className="border-t p-4 sm:px-6">
      <PanelTitle>{blueprintText.changedSince(version, latestVersion)}</PanelTitle>
      {newest.isPending && <SkeletonRows count={3} />}
      {newest.isError && <LoadProblem error={newest.error} onRetry={() => newest.refetch()} />}
      {newest.data && <TextDiff before={source} after={newest.data.source} />}
    </section>
  )
}
