'use client'

import { useMutation } from '@tanstack/react-query'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { commonText } from '#text/common'
import { namespaceText } from '#text/namespace'
import { ConfirmDialog } from '#ui/ConfirmDialog'
import { DashboardSection } from '#ui/dashboard/DashboardSection'
import { Button } from '#ui/ui/button'
import { Field } from '#ui/ui/field'
import { Textarea } from '#ui/ui/input'
import { useMay, useTenant } from '#web/components/tenant'
import { useTRPC } from '#web/components/trpc'
import { type Namespace, useNamespaceChange } from './use-namespace'

export function OverviewTab({ namespace }: { namespace: Namespace }) {
  const may = useMay()
  return (
    <>
      <div className="max-w-3xl space-y-6 p-4 sm:p-6">
        <Counts namespace={namespace} />
        <Description namespace={namespace} isReadOnly={!may('NAMESPACE:UPDATE', namespace.id)} />
      </div>
      {may('EXECUTION:READ', namespace.id) && <DashboardSection namespace={namespace.id} />}
      {may('NAMESPACE:DELETE', namespace.id) && (
        <div className="max-w-3xl p-4 sm:p-6">
          <DeleteNamespace id={namespace.id} />
        </div>
      )}
    </>
  )
}

function Counts({ namespace: { id, counts } }: { namespace: Namespace }) {
  const tenant = useTenant()
  const of = encodeURIComponent(id)
  const shown = [
    { label: commonText.flows, value: counts.flows, href: `/${tenant}/flows?namespace=${of}` },
    { label: commonText.executions, value: undefined, href: `/${tenant}/executions?namespace=${of}` },
    { label: commonText.triggers, value: counts.triggers, href: `/${tenant}/triggers?q=${of}` },
    { label: commonText.secrets, value: counts.secrets, href: '?tab=secrets' },
    { label: namespaceText.kvEntries, value: counts.kvEntries, href: '?tab=kv' },
  ]
  return (
    <ul className="grid grid-cols-2 gap-3 sm:grid-cols-5">
      {shown.map(({ label, value, href }) => (
        <li key={label}>
          <Link href={href} className="block rounded-lg border bg-surface px-3 py-2.5 hover:bg-hover">
            <span className="block text-muted text-xs">{label}</span>
            <span className="font-semibold text-[15px] tabular-nums">{value ?? namespaceText.showThem}</span>
          </Link>
        </li>
      ))}
    </ul>
  )
}

function Description({ namespace, isReadOnly }: { namespace: Namespace; isReadOnly: boolean }) {
  const tenant = useTenant()
  const trpc = useTRPC()
  const [text, setText] = useState(namespace.description)
  const update = useMutation(
    trpc.namespace.update.mutationOptions(useNamespaceChange()(namespaceText.savedTheDescription)),
  )
  return (
    <div className="space-y-2">
      <Field label={namespaceText.description} help={namespaceText.descriptionHelp}>
        <Textarea
          className="font-sans"
          maxLength={10_000}
          readOnly={isReadOnly}
          value={text}
          onChange={event => setText(event.target.value)}
        />
      </Field>
      {!isReadOnly && (
        <Button
          disabled={text === namespace.description}
          isBusy={update.isPending}
          onClick={() => update.mutate({ tenant, id: namespace.id, description: text })}
        >
          {commonText.save}
        </Button>
      )}
    </div>
  )
}

function DeleteNamespace({ id }: { id: string }) {
  const tenant = useTenant()
  const trpc = useTRPC()
  const router = useRouter()
  const [isAsked, setIsAsked] = useState(false)
  const after = useNamespaceChange(() => router.push(`/${tenant}/namespaces`))(namespaceText.deletedTheNamespace)
  const remove = useMutation(trpc.namespace.delete.mutationOptions({ ...after, onSettled: () => setIsAsked(false) }))
  return (
    <div className="border-t pt-4">
      <p className="mb-2 text-[13px] text-muted">{namespaceText.whatCanBeDeleted}</p>
      <Button variant="danger" onClick={() => setIsAsked(true)}>
        {namespaceText.deleteTheNamespace}
      </Button>
      <ConfirmDialog
        isOpen={isAsked}
        onClose={() => setIsAsked(false)}
        title={namespaceText.askDelete(id)}
        text={namespaceText.whatDeletingDoes}
        action={commonText.delete}
        isBusy={remove.isPending}
        onConfirm={() => remove.mutate({ tenant, id })}
      />
    </div>
  )
}
