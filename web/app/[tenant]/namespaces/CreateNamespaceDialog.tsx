'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { commonText } from '#text/common'
import { namespaceText } from '#text/namespace'
import { FormDialog } from '#ui/FormDialog'
import { Field } from '#ui/ui/field'
import { Input } from '#ui/ui/input'
import { useTenant } from '#web/components/tenant'
import { useTRPC } from '#web/components/trpc'

export function CreateNamespaceDialog({ onClose }: { onClose: () => void }) {
  const tenant = useTenant()
  const trpc = useTRPC()
  const router = useRouter()
  const queryClient = useQueryClient()
  const [id, setId] = useState('')
  const [description, setDescription] = useState('')
  const create = useMutation(
    trpc.namespace.create.mutationOptions({
      onSuccess: async made => {
        await queryClient.invalidateQueries(trpc.namespace.pathFilter())
        router.push(`/${tenant}/namespaces/${made.id}`)
      },
    }),
  )
  return (
    <FormDialog
      title={namespaceText.newNamespace}
      action={commonText.create}
      error={create.error}
      isBusy={create.isPending}
      onSubmit={() => create.mutate({ tenant, id: id.trim(), description })}
      onClose={onClose}
    >
      <Field label={commonText.name} help={namespaceText.namespaceNameHelp}>
        <Input
          required
          autoFocus
          maxLength={150}
          spellCheck={false}
          autoCapitalize="none"
          placeholder="company.team"
          className="font-mono"
          value={id}
          onChange={event => setId(event.target.value)}
        />
      </Field>
      <Field label={namespaceText.description} isOptional>
        <Input maxLength={1000} value={description} onChange={event => setDescription(event.target.value)} />
      </Field>
    </FormDialog>
  )
}
