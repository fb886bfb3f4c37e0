'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { accountText } from '#text/account'
import { commonText } from '#text/common'
import { SendVerification } from '#ui/SendVerification'
import { Button } from '#ui/ui/button'
import { Field } from '#ui/ui/field'
import { Input } from '#ui/ui/input'
import { useToast } from '#ui/ui/toast'
import { messageOf } from '#web/components/request-error'
import { type Outputs, useTRPC } from '#web/components/trpc'
import { ChangeEmailDialog } from './ChangeEmailDialog'
import { Section } from './Section'

type Props = { user: Outputs['account']['me']['user']; security: Outputs['account']['security'] }

export function ProfileSection({ user, security }: Props) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const toast = useToast()
  const [name, setName] = useState(user.name)
  const rename = useMutation(
    trpc.account.rename.mutationOptions({
      onSuccess: async () => {
        await queryClient.invalidateQueries(trpc.account.me.pathFilter())
        toast(accountText.savedTheName)
      },
      onError: error => toast(messageOf(error), 'danger'),
    }),
  )
  function submit(event: FormEvent) {
    event.preventDefault()
    rename.mutate({ name })
  }
  const [isChanging, setIsChanging] = useState(false)
  const isVerified = user.verification === 'DONE'
  return (
    <Section
      title={accountText.profile}
      text={
        <>
          <span className="font-medium text-fg">{user.email}</span>{' '}
          {isVerified ? (
            <span className="text-success">{accountText.confirmed}</span>
          ) : (
            <span className="text-warning">{accountText.notConfirmedYet}</span>
          )}
        </>
      }
      actions={
        <>
          {!isVerified && <SendVerification />}
          <Button onClick={() => setIsChanging(true)}>{accountText.changeAddress}</Button>
        </>
      }
    >
      <form onSubmit={submit} className="flex max-w-md items-end gap-2 px-4 sm:px-6">
        <div className="flex-1">
          <Field label={commonText.name} isOptional>
            <Input
              autoComplete="name"
              maxLength={100}
              placeholder={accountText.nameExample}
              value={name}
              onChange={event => setName(event.target.value)}
            />
          </Field>
        </div>
        <Button type="submit" isBusy={rename.isPending} disabled={name.trim() === user.name}>
          {commonText.save}
        </Button>
      </form>
      {isChanging && (
        <ChangeEmailDialog
          hasPassword={security.hasPassword}
          hasSecondFactor={security.secondFactor.isOn}
          onClose={() => setIsChanging(false)}
        />
      )}
    </Section>
  )
}
