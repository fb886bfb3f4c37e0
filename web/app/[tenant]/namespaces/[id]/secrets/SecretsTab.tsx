'use client'

import { useMutation, useQuery } from '@tanstack/react-query'
import { KeyRound } from 'lucide-react'
import Link from 'next/link'
import { useState } from 'react'
import { commonText } from '#text/common'
import { namespaceText } from '#text/namespace'
import { Age } from '#ui/Age'
import { ConfirmDialog } from '#ui/ConfirmDialog'
import { LoadProblem } from '#ui/LoadProblem'
import { Button } from '#ui/ui/button'
import { EmptyState } from '#ui/ui/empty-state'
import { SkeletonRows } from '#ui/ui/skeleton'
import { Table, Td, Th, Tr } from '#ui/ui/table'
import { useMay, useTenant } from '#web/components/tenant'
import { useTRPC } from '#web/components/trpc'
import { type Namespace, useNamespaceChange } from '../use-namespace'
import { SecretDialog } from './SecretDialog'

/** Names of secrets, own and inherited. A value goes in and never comes out. */
export function SecretsTab({ namespace: { id } }: { namespace: Namespace }) {
  const tenant = useTenant()
  const trpc = useTRPC()
  const may = useMay()
  const secrets = useQuery(trpc.secret.list.queryOptions({ tenant, namespace: id }))
  const [edited, setEdited] = useState<{ key?: string }>()
  const [deleted, setDeleted] = useState<string>()
  const after = useNamespaceChange(() => setDeleted(undefined))(namespaceText.deletedTheSecret)
  const remove = useMutation(trpc.secret.delete.mutationOptions(after))
  if (secrets.isPending) return <SkeletonRows count={3} />
  if (secrets.isLoadingError) return <LoadProblem error={secrets.error} onRetry={() => secrets.refetch()} />
  const rows = secrets.data.results
  const create = may('SECRET:CREATE', id) && (
    <Button variant="primary" onClick={() => setEdited({})}>
      {namespaceText.newSecret}
    </Button>
  )
  return (
    <>
      <div className="flex flex-wrap items-center gap-3 px-4 py-3 sm:px-6">
        <p className="min-w-0 flex-1 basis-60 text-[13px] text-muted">
          {namespaceText.whatSecretsAre(<code className="font-mono text-xs">{"{{ secret('NAME') }}"}</code>)}
        </p>
        {create}
      </div>
      {rows.length === 0 && (
        <EmptyState
          icon={KeyRound}
          title={namespaceText.noSecretsOfItsOwn}
          text={namespaceText.whoUsesItsSecrets(id)}
        />
      )}
      {rows.length > 0 && (
        <Table>
          <thead>
            <tr>
              <Th>{commonText.name}</Th>
              <Th className="hidden sm:table-cell">{namespaceText.description}</Th>
              <Th>{namespaceText.version}</Th>
              <Th className="hidden sm:table-cell">{namespaceText.set}</Th>
              <Th>
                <span className="sr-only">{commonText.actions}</span>
              </Th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ key, description, version, updated }) => (
              <Tr key={key}>
                <Td className="max-w-52 truncate font-mono text-xs">{key}</Td>
                <Td className="hidden max-w-80 truncate text-muted sm:table-cell">{description}</Td>
                <Td className="text-muted tabular-nums">{version}</Td>
                <Td className="hidden text-muted sm:table-cell">
                  <Age date={updated} />
                </Td>
                <Td className="whitespace-nowrap text-right">
                  {may('SECRET:UPDATE', id) && (
                    <Button
                      size="sm"
                      variant="ghost"
                      aria-label={namespaceText.newVersionOf(key)}
                      onClick={() => setEdited({ key })}
                    >
                      {namespaceText.newVersion}
                    </Button>
                  )}
                  {may('SECRET:DELETE', id) && (
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
      <Inherited namespace={id} own={new Set(rows.map(({ key }) => key))} />
      {edited && <SecretDialog namespace={id} known={edited.key} onClose={() => setEdited(undefined)} />}
      <ConfirmDialog
        isOpen={deleted !== undefined}
        onClose={() => setDeleted(undefined)}
        title={namespaceText.askDelete(deleted ?? '')}
        text={namespaceText.whatDeletingSecretDoes}
        action={commonText.delete}
        isBusy={remove.isPending}
        onConfirm={() => deleted && remove.mutate({ tenant, namespace: id, key: deleted })}
      />
    </>
  )
}

function Inherited({ namespace, own }: { namespace: string; own: ReadonlySet<string> }) {
  const tenant = useTenant()
  const trpc = useTRPC()
  const inherited = useQuery(trpc.secret.inherited.queryOptions({ tenant, namespace }))
  const rows = Object.entries(inherited.data ?? {}).flatMap(([from, keys]) => keys.map(key => ({ from, key })))
  if (rows.length === 0) return null
  return (
    <section className="mt-6">
      <h2 className="px-4 pb-2 font-semibold text-[13px] sm:px-6">{namespaceText.inherited}</h2>
      <Table>
        <thead>
          <tr>
            <Th>{commonText.name}</Th>
            <Th>{commonText.from}</Th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ from, key }) => (
            <Tr key={`${from}/${key}`}>
              <Td className="font-mono text-xs">
                {key}
                {own.has(key) && <span className="ml-2 font-sans text-faint">{namespaceText.hiddenByItsOwn}</span>}
              </Td>
              <Td>
                <Link href={`/${tenant}/namespaces/${from}?tab=secrets`} className="text-muted hover:underline">
                  {from}
                </Link>
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
    </section>
  )
}
