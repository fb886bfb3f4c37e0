'use client'

import { useMutation, useQuery } from '@tanstack/react-query'
import { Database } from 'lucide-react'
import { useState } from 'react'
import { commonText } from '#text/common'
import { namespaceText } from '#text/namespace'
import { Age } from '#ui/Age'
import { ConfirmDialog } from '#ui/ConfirmDialog'
import { LoadProblem } from '#ui/LoadProblem'
import { SearchInput } from '#ui/SearchInput'
import { Button } from '#ui/ui/button'
import { EmptyState } from '#ui/ui/empty-state'
import { SkeletonRows } from '#ui/ui/skeleton'
import { Table, Td, Th, Tr } from '#ui/ui/table'
import { useMay, useTenant } from '#web/components/tenant'
import { useTRPC } from '#web/components/trpc'
import { type Namespace, useNamespaceChange } from '../use-namespace'
import { KvDialog } from './KvDialog'

/** Keys and typed values that flows read and write. */
export function KvTab({ namespace: { id } }: { namespace: Namespace }) {
  const tenant = useTenant()
  const trpc = useTRPC()
  const may = useMay()
  const [q, setQ] = useState<string>()
  const entries = useQuery(trpc.kv.list.queryOptions({ tenant, namespace: id, q }))
  const [edited, setEdited] = useState<{ key?: string }>()
  const [deleted, setDeleted] = useState<string>()
  const after = useNamespaceChange(() => setDeleted(undefined))(namespaceText.deletedTheEntry)
  const remove = useMutation(trpc.kv.delete.mutationOptions(after))
  const rows = entries.data?.results ?? []
  const create = may('KV:CREATE', id) && (
    <Button variant="primary" onClick={() => setEdited({})}>
      {namespaceText.newEntry}
    </Button>
  )
  return (
    <>
      <div className="flex flex-wrap items-center gap-3 px-4 py-3 sm:px-6">
        <SearchInput label={namespaceText.searchKeys} value={q} onChange={setQ} />
        <span className="flex-1" />
        {create}
      </div>
      {entries.isPending && <SkeletonRows count={3} />}
      {entries.isError && <LoadProblem error={entries.error} onRetry={() => entries.refetch()} />}
      {entries.isSuccess && rows.length === 0 && (
        <EmptyState
          icon={Database}
          title={q ? namespaceText.noKeyMatches : namespaceText.noKvEntries}
          text={namespaceText.whatKvEntriesAre(<code className="font-mono text-xs">{"{{ kv('key') }}"}</code>)}
        />
      )}
      {rows.length > 0 && (
        <Table>
          <thead>
            <tr>
              <Th>{namespaceText.key}</Th>
              <Th>{commonText.type}</Th>
              <Th className="hidden sm:table-cell">{namespaceText.version}</Th>
              <Th className="hidden sm:table-cell">{namespaceText.changed}</Th>
              <Th className="hidden md:table-cell">{namespaceText.expires}</Th>
              <Th>
                <span className="sr-only">{commonText.actions}</span>
              </Th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ key, type, version, updated, expires }) => (
              <Tr key={key}>
                <Td className="max-w-52 truncate font-mono text-xs">{key}</Td>
                <Td className="text-muted text-xs">{type}</Td>
                <Td className="hidden text-muted tabular-nums sm:table-cell">{version}</Td>
                <Td className="hidden text-muted sm:table-cell">
                  <Age date={updated} />
                </Td>
                <Td className="hidden text-muted md:table-cell" suppressHydrationWarning>
                  {expires ? new Date(expires).toLocaleString() : namespaceText.never}
                </Td>
                <Td className="whitespace-nowrap text-right">
                  <Button
                    size="sm"
                    variant="ghost"
                    aria-label={namespaceText.openNamed(key)}
                    onClick={() => setEdited({ key })}
                  >
                    {namespaceText.open}
                  </Button>
                  {may('KV:DELETE', id) && (
                    <Button
                      size="sm"
                      variant="danger"
                      aria-label={namespaceText.deleteNamed(key)}
                      onClick={() => setDeleted(key)}
                    >
                      {commonText.delete}
                    </Button>
                  )}
                </Td>
              </Tr>
            ))}
          </tbody>
        </Table>
      )}
      {entries.data && entries.data.total > rows.length && (
        <p className="px-4 py-3 text-[13px] text-muted sm:px-6">
          {namespaceText.firstEntriesOf(rows.length, entries.data.total)}
        </p>
      )}
      {edited && <KvDialog namespace={id} known={edited.key} onClose={() => setEdited(undefined)} />}
      <ConfirmDialog
        isOpen={deleted !== undefined}
        onClose={() => setDeleted(undefined)}
        title={namespaceText.askDelete(deleted ?? '')}
        text={namespaceText.whatDeletingEntryDoes}
        action={commonText.delete}
        isBusy={remove.isPending}
        onConfirm={() => deleted && remove.mutate({ tenant, namespace: id, key: deleted })}
      />
    </>
  )
}
