'use client'

import { useQuery } from '@tanstack/react-query'
import { Boxes, Search } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { commonText } from '#text/common'
import { namespaceText } from '#text/namespace'
import { LoadProblem } from '#ui/LoadProblem'
import { SearchInput } from '#ui/SearchInput'
import { PageHeader } from '#ui/shell/PageHeader'
import { Button } from '#ui/ui/button'
import { EmptyState } from '#ui/ui/empty-state'
import { SkeletonRows } from '#ui/ui/skeleton'
import { Tabs, TabsContent, TabsList, TabsTrigger } from '#ui/ui/tabs'
import { useMay, useTenant } from '#web/components/tenant'
import { useTRPC } from '#web/components/trpc'
import { useUrlState } from '#web/components/url-state'
import { AllDependencies } from './AllDependencies'
import { CreateNamespaceDialog } from './CreateNamespaceDialog'
import { NamespaceTree } from './NamespaceTree'

/** All namespaces as a tree, and what joins their flows. */
export function NamespacesPage() {
  const mayCreate = useMay()('NAMESPACE:CREATE')
  const [params, setParams] = useUrlState()
  const [isCreating, setIsCreating] = useState(false)
  const create = mayCreate && (
    <Button variant="primary" onClick={() => setIsCreating(true)}>
      {namespaceText.newNamespace}
    </Button>
  )
  return (
    <>
      <PageHeader title={commonText.namespaces} actions={create} />
      <Tabs
        value={params.get('tab') ?? 'tree'}
        onValueChange={tab => setParams({ tab: tab === 'tree' ? undefined : tab })}
        className="flex min-h-0 flex-1 flex-col"
      >
        <TabsList aria-label={commonText.namespaces}>
          <TabsTrigger value="tree">{namespaceText.tree}</TabsTrigger>
          <TabsTrigger value="dependencies">{namespaceText.dependencies}</TabsTrigger>
        </TabsList>
        <TabsContent value="tree">
          <AllNamespaces create={create} />
        </TabsContent>
        <TabsContent value="dependencies">
          <AllDependencies />
        </TabsContent>
      </Tabs>
      {isCreating && <CreateNamespaceDialog onClose={() => setIsCreating(false)} />}
    </>
  )
}

/** Those made by hand, by use, or by what is below them. */
function AllNamespaces({ create }: { create: ReactNode }) {
  const tenant = useTenant()
  const trpc = useTRPC()
  const [params, setParams] = useUrlState()
  const q = params.get('q') ?? undefined
  const namespaces = useQuery(trpc.namespace.list.queryOptions({ tenant, q }))
  const rows = namespaces.data?.results ?? []
  const isEmpty = namespaces.isSuccess && rows.length === 0
  return (
    <>
      {!(isEmpty && !q) && (
        <div className="flex flex-wrap gap-2 border-b px-4 py-3 sm:px-6">
          <SearchInput label={namespaceText.searchNamespaces} value={q} onChange={value => setParams({ q: value })} />
        </div>
      )}
      {namespaces.isPending && <SkeletonRows />}
      {namespaces.isError && <LoadProblem error={namespaces.error} onRetry={() => namespaces.refetch()} />}
      {rows.length > 0 && <NamespaceTree namespaces={rows} />}
      {isEmpty && q && (
        <EmptyState icon={Search} title={namespaceText.noNamespaceMatches} text={namespaceText.tryAnotherWord}>
          <Button onClick={() => setParams({ q: undefined })}>{namespaceText.clearTheSearch}</Button>
        </EmptyState>
      )}
      {isEmpty && !q && (
        <EmptyState icon={Boxes} title={namespaceText.noNamespacesYet} text={namespaceText.whatNamespacesAre}>
          {create}
        </EmptyState>
      )}
    </>
  )
}
