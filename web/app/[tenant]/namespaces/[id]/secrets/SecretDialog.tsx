'use client'

import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { commonText } from '#text/common'
import { namespaceText } from '#text/namespace'
import { FormDialog } from '#ui/FormDialog'
import { Field } from '#ui/ui/field'
import { Input, Textarea } from '#ui/ui/input'
import { useTenant } from '#web/components/tenant'
import { useTRPC } from '#web/components/trpc'
import { useNamespaceChange } from '../use-namespace'

/** Sets a secret: a new one, or the next version of the one that is known. */
export function SecretDialog({
  namespace,
  known,
  onClose,
}: {
  namespace: string
  known: string | undefined
  onClose: () => void
}) {
  const tenant = useTenant()
  const trpc = useTRPC()
  const { onSuccess } = useNamespaceChange(onClose)(namespaceText.setTheSecret)
  const put = useMutation(trpc.secret.put.mutationOptions({ onSuccess }))
  const [key, setKey] = useState(known ?? '')
  const [value, setValue] = useState('')
  const [description, setDescription] = useState('')
  return (
    <FormDialog
      title={known === undefined ? namespaceText.newSecret : namespaceText.newVersionOf(known)}
      action={namespaceText.set}
      error={put.error}
      isBusy={put.isPending}
      onSubmit={() => put.mutate({ tenant, namespace, key, value, ...(description && { description }) })}
      onClose={onClose}
    >
      {known === undefined && (
        <Field label={commonText.name} help={namespaceText.keyHelp}>
          <Input
            required
            autoFocus
            maxLength={256}
            spellCheck={false}
            autoCapitalize="none"
            className="font-mono"
            placeholder="DB_PASSWORD"
            value={key}
            onChange={event => setKey(event.target.value)}
          />
        </Field>
      )}
      <Field label={commonText.value} help={namespaceText.secretValueHelp}>
        <Textarea
          required
          autoFocus={known !== undefined}
          autoComplete="off"
          spellCheck={false}
          maxLength={64 * 1024}
          value={value}
          onChange={event => setValue(event.target.value)}
        />
      </Field>
      <Field label={namespaceText.description} isOptional help={namespaceText.secretDescriptionHelp}>
        <Input maxLength={1000} value={description} onChange={event => setDescription(event.target.value)} />
      </Field>
    </FormDialog>
  )
}
