'use client'

import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { commonText } from '#text/common'
import { namespaceText } from '#text/namespace'
import { Alert } from '#ui/ui/alert'
import { Button } from '#ui/ui/button'
import { Field } from '#ui/ui/field'
import { NativeSelect, Textarea } from '#ui/ui/input'
import { messageOf } from '#web/components/request-error'
import { useMay, useTenant } from '#web/components/tenant'
import { useTRPC } from '#web/components/trpc'
import { type Namespace, useNamespaceChange } from './use-namespace'

/** Which other namespaces may use what this one holds. */
export function AccessTab({ namespace }: { namespace: Namespace }) {
  const tenant = useTenant()
  const trpc = useTRPC()
  const mayChange = useMay()('NAMESPACE:UPDATE', namespace.id)
  const [isRestricted, setIsRestricted] = useState(namespace.allowedNamespaces !== null)
  const [text, setText] = useState(namespace.allowedNamespaces?.join('\n') ?? '')
  const { onSuccess } = useNamespaceChange()(namespaceText.savedWhoMayUseIt)
  const update = useMutation(trpc.namespace.update.mutationOptions({ onSuccess }))
  const names = text.split(/[\s,]+/).filter(name => name !== '')
  return (
    <div className="max-w-2xl space-y-4 p-4 sm:p-6">
      {update.error && <Alert tone="danger">{messageOf(update.error)}</Alert>}
      <Field label={namespaceText.whoMayUseIt} help={namespaceText.whoMayUseItHelp(namespace.id)}>
        <NativeSelect
          disabled={!mayChange}
          value={isRestricted ? 'some' : 'all'}
          onChange={event => setIsRestricted(event.target.value === 'some')}
        >
          <option value="all">{namespaceText.everyNamespaceMay}</option>
          <option value="some">{namespaceText.onlyNamedNamespacesMay}</option>
        </NativeSelect>
      </Field>
      {isRestricted && (
        <Field label={namespaceText.allowedNamespaces} isOptional help={namespaceText.allowedNamespacesHelp}>
          <Textarea
            readOnly={!mayChange}
            spellCheck={false}
            placeholder="company.team"
            value={text}
            onChange={event => setText(event.target.value)}
          />
        </Field>
      )}
      {mayChange && (
        <Button
          variant="primary"
          isBusy={update.isPending}
          onClick={() => update.mutate({ tenant, id: namespace.id, allowedNamespaces: isRestricted ? names : null })}
        >
          {commonText.save}
        </Button>
      )}
    </div>
  )
}
