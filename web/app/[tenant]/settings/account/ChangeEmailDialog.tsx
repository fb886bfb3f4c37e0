'use client'

import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { accountText } from '#text/account'
import { FormDialog } from '#ui/FormDialog'
import { Field } from '#ui/ui/field'
import { Input } from '#ui/ui/input'
import { useToast } from '#ui/ui/toast'
import { useAccount } from '#web/components/tenant'
import { useTRPC } from '#web/components/trpc'
import { CodeField } from './CodeField'

type Guard = { hasPassword: boolean; hasSecondFactor: boolean }

/** Asks for another address; it counts once the link that is sent there was opened. */
export function ChangeEmailDialog({ hasPassword, hasSecondFactor, onClose }: Guard & { onClose: () => void }) {
  const trpc = useTRPC()
  const toast = useToast()
  const hasMail = useAccount().data?.hasMail ?? true
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [code, setCode] = useState('')
  const request = useMutation(
    trpc.account.requestEmailChange.mutationOptions({
      onSuccess: () => {
        toast(hasMail ? accountText.sentLinkTo(email) : accountText.linkIsInTheLog)
        onClose()
      },
    }),
  )
  return (
    <FormDialog
      title={accountText.changeYourAddress}
      action={hasMail ? accountText.sendTheLink : accountText.makeTheLink}
      error={request.error}
      isBusy={request.isPending}
      onSubmit={() => request.mutate({ email, password, code })}
      onClose={onClose}
    >
      <Field label={accountText.newAddress} help={hasMail ? accountText.linkIsSentThere : accountText.noMailsHere}>
        <Input
          type="email"
          autoComplete="email"
          required
          autoFocus
          value={email}
          onChange={event => setEmail(event.target.value)}
        />
      </Field>
      {(hasPassword || !hasSecondFactor) && (
        <Field label={accountText.password} help={accountText.passwordHelp}>
          <Input
            type="password"
            autoComplete="current-password"
            required
            value={password}
            onChange={event => setPassword(event.target.value)}
          />
        </Field>
      )}
      {hasSecondFactor && <CodeField value={code} onChange={setCode} help={accountText.codeOrRecoveryCode} />}
    </FormDialog>
  )
}
