'use client'

import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { commonText } from '#text/common'
import { shellText } from '#text/shell'
import { FormDialog } from '#ui/FormDialog'
import { Field } from '#ui/ui/field'
import { Input } from '#ui/ui/input'
import { slugOf } from '#web/components/slug'
import { useTRPC } from '#web/components/trpc'

/** Another tenant, of which one is the owner. */
export function NewTenantDialog({ onClose }: { onClose: () => void }) {
  const trpc = useTRPC()
  const [name, setName] = useState('')
  const [typedSlug, setTypedSlug] = useState<string>()
  const slug = typedSlug ?? slugOf(name)
  const create = useMutation(
    trpc.tenant.create.mutationOptions({
      // As a fresh page: what was read of the tenant before has no place there.
      onSuccess: ({ tenant }) => window.location.assign(`/${tenant}/flows`),
    }),
  )
  return (
    <FormDialog
      title={shellText.newTenant}
      action={commonText.create}
      error={create.error}
      isBusy={create.isPending || create.isSuccess}
      onSubmit={() => create.mutate({ name, slug })}
      onClose={onClose}
    >
      <Field label={commonText.tenantName} help={shellText.tenantNameHelp}>
        <Input required autoFocus maxLength={100} value={name} onChange={event => setName(event.target.value)} />
      </Field>
      <Field label={commonText.address} help={shellText.tenantAddressHelp}>
        <Input
          required
          maxLength={40}
          spellCheck={false}
          autoCapitalize="none"
          className="font-mono"
          value={slug}
          onChange={event => setTypedSlug(event.target.value)}
        />
      </Field>
    </FormDialog>
  )
}
