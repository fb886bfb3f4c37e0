'use client'

import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { settingsText } from '#text/settings'
import { FormDialog } from '#ui/FormDialog'
import { Alert } from '#ui/ui/alert'
import { Field } from '#ui/ui/field'
import { Input } from '#ui/ui/input'
import { type Outputs, useTRPC } from '#web/components/trpc'

/** The second question: only whoever types the address goes on. */
export function DeleteTenantDialog({ tenant, onClose }: { tenant: Outputs['tenant']['get']; onClose: () => void }) {
  const trpc = useTRPC()
  const [confirm, setConfirm] = useState('')
  const remove = useMutation(
    trpc.tenant.delete.mutationOptions({
      // Nothing that this page has read is true any more.
      onSuccess: () => window.location.assign('/'),
    }),
  )
  return (
    <FormDialog
      title={settingsText.askDeleteTenant(tenant.name)}
      action={settingsText.deleteForEver}
      tone="danger"
      error={remove.error}
      isBusy={remove.isPending || remove.isSuccess}
      onSubmit={() => remove.mutate({ tenant: tenant.slug, confirm })}
      onClose={onClose}
    >
      <Alert tone="warning">{settingsText.whatGoesWithTenant(tenant.name, tenant.slug)}</Alert>
      <Field label={settingsText.typeAddressToConfirm(tenant.slug)}>
        <Input
          required
          autoFocus
          autoComplete="off"
          spellCheck={false}
          className="font-mono"
          value={confirm}
          onChange={event => setConfirm(event.target.value)}
        />
      </Field>
    </FormDialog>
  )
}
