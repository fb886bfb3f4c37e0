'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { settingsText } from '#text/settings'
import { FormDialog } from '#ui/FormDialog'
import { Field } from '#ui/ui/field'
import { Input, NativeSelect } from '#ui/ui/input'
import { useToast } from '#ui/ui/toast'
import { useAccount } from '#web/components/tenant'
import { type Outputs, useTRPC } from '#web/components/trpc'

/** Asks for the new owner, and for the name of the tenant. */
export function TransferDialog({ tenant, onClose }: { tenant: Outputs['tenant']['get']; onClose: () => void }) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const toast = useToast()
  const me = useAccount().data?.user.id
  const members = useQuery(trpc.member.list.queryOptions({ tenant: tenant.slug }))
  const [userId, setUserId] = useState('')
  const [confirm, setConfirm] = useState('')
  const transfer = useMutation(
    trpc.tenant.transfer.mutationOptions({
      onSuccess: async () => {
        await queryClient.invalidateQueries()
        toast(settingsText.handedTheTenantOver)
        onClose()
      },
    }),
  )
  const others = members.data?.filter(member => !member.isService && member.userId !== me) ?? []
  return (
    <FormDialog
      title={settingsText.transferOwnership}
      action={settingsText.transfer}
      error={transfer.error ?? members.error}
      isBusy={transfer.isPending}
      onSubmit={() => transfer.mutate({ tenant: tenant.slug, userId, confirm })}
      onClose={onClose}
    >
      <Field
        label={settingsText.newOwner}
        help={members.isSuccess && others.length === 0 ? settingsText.noOtherMember : undefined}
      >
        <NativeSelect required value={userId} onChange={event => setUserId(event.target.value)}>
          <option value="">{settingsText.chooseAMember}</option>
          {others.map(({ userId: id, name, email }) => (
            <option key={id} value={id}>
              {name ? `${name} (${email})` : email}
            </option>
          ))}
        </NativeSelect>
      </Field>
      <Field label={settingsText.typeNameToConfirm(tenant.name)}>
        <Input required autoComplete="off" value={confirm} onChange={event => setConfirm(event.target.value)} />
      </Field>
    </FormDialog>
  )
}
