'use client'

import { useQuery } from '@tanstack/react-query'
import { FileQuestionMark } from 'lucide-react'
import dynamic from 'next/dynamic'
import Link from 'next/link'
import type { ComponentType } from 'react'
import { commonText } from '#text/common'
import { namespaceText } from '#text/namespace'
import { LoadProblem } from '#ui/LoadProblem'
import { PageHeader } from '#ui/shell/PageHeader'
import { Button } from '#ui/ui/button'
import { EmptyState } from '#ui/ui/empty-state'
import { SkeletonRows } from '#ui/ui/skeleton'
import { Tabs, TabsContent, TabsList, TabsTrigger } from '#ui/ui/tabs'
import { codeOf } from '#web/components/request-error'
import { useMay, useTenant } from '#web/components/tenant'
import { useTRPC } from '#web/components/trpc'
import { useUrlState } from '#web/components/url-state'
import type { Permission } from '#web/server/access/permissions'
import { OverviewTab } from './OverviewTab'
import { PluginDefaultsTab, VariablesTab } from './settings-tabs'
import type { Namespace } from './use-namespace'

const loading = () => <SkeletonRows count={4} />
const SecretsTab = dynamic(() => import('./secrets/SecretsTab').then(module => module.SecretsTab), { loading })
const KvTab = dynamic(() => import('./kv/KvTab').then(module => module.KvTab), { loading })
const FilesTab = dynamic(() => import('./files/FilesTab').then(module => module.FilesTab), { loading })
const DependenciesTab = dynamic(() => import('./DependenciesTab').then(module => module.DependenciesTab), { loading })
const AccessTab = dynamic(() => import('./AccessTab').then(module => module.AccessTab), { loading })

type Tab = {
  value: string
  label: string
  permission: Permission
  Content: ComponentType<{ namespace: Namespace }>
}

const tabs: Tab[] = [
  { value: 'overview', label: commonText.overview, permission: 'NAMESPACE:READ', Content: OverviewTab },
  { value: 'variables', label: namespaceText.variables, permission: 'NAMESPACE:READ', Content: VariablesTab },
  { value: 'defaults', label: namespaceText.pluginDefaults, permission: 'NAMESPACE:READ', Content: PluginDefaultsTab },
  { value: 'secrets', label: commonText.secrets, permission: 'SECRET:READ', Content: SecretsTab },
  { value: 'kv', label: namespaceText.kvStore, permission: 'KV:READ', Content: KvTab },
  { value: 'files', label: commonText.files, permission: 'FILE:READ', Content: FilesTab },
  { value: 'dependencies', label: namespaceText.dependencies, permission: 'FLOW:READ', Content: DependenciesTab },
  { value: 'access', label: namespaceText.access, permission: 'NAMESPACE:READ', Content: AccessTab },
]

/** One namespace: what it says, what it holds, who may use it. */
export function NamespacePage({ id }: { id: string }) {
  const tenant = useTenant()
  const trpc = useTRPC()
  const may = useMay()
  const [params, setParams] = useUrlState()
  const namespace = useQuery(trpc.namespace.get.queryOptions({ tenant, id }))
  const open = tabs.filter(({ permission }) => may(permission, id))
  return (
    <>
      <PageHeader crumbs={[{ label: commonText.namespaces, href: `/${tenant}/namespaces` }]} title={id} />
      {namespace.isPending && <SkeletonRows count={4} />}
      {namespace.isError && codeOf(namespace.error) !== 'NOT_FOUND' && (
        <LoadProblem error={namespace.error} onRetry={() => namespace.refetch()} />
      )}
      {codeOf(namespace.error) === 'NOT_FOUND' && (
        <EmptyState icon={FileQuestionMark} title={namespaceText.noSuchNamespace} text={namespaceText.nothingIsIn(id)}>
          <Button asChild>
            <Link href={`/${tenant}/namespaces`}>{namespaceText.allNamespaces}</Link>
          </Button>
        </EmptyState>
      )}
      {namespace.data && open.length > 0 && (
        <Tabs
          value={params.get('tab') ?? 'overview'}
          onValueChange={tab => setParams({ tab: tab === 'overview' ? undefined : tab })}
          className="flex min-h-0 flex-1 flex-col"
        >
          <TabsList aria-label={commonText.namespace}>
            {open.map(({ value, label }) => (
              <TabsTrigger key={value} value={value}>
                {label}
              </TabsTrigger>
            ))}
          </TabsList>
          {open.map(({ value, Content }) => (
            <TabsContent key={value} value={value}>
              <Content namespace={namespace.data} />
            </TabsContent>
          ))}
        </Tabs>
      )}
    </>
  )
}
