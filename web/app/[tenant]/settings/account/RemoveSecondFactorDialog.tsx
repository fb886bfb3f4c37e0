'use client'

import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { accountText } from '#text/account'
import { FormDialog } from '#ui/FormDialog'
import { Field } from '#ui/ui/field'
import { Input } from '#ui/ui/input'
import { useTRPC } from '#web/components/trpc'
import { CodeField } from './CodeField'
import { useSecurityChange } from './use-security-change'

export function RemoveSecondFactorDialog({ onClose }: { onClose: () => void }) {
  const trpc = useTRPC()
  const after = useSecurityChange(onClose)
  const remove = useMutation(
    trpc.secondFactor.remove.mutationOptions({ onSuccess: () => after(accountText.switchedSecondFactorOff) }),
  )
  const [password, setPassword] = useState('')
  const [code, setCode] = useState('')
  return (
    <FormDialog
      title={accountText.switchOffSecondFactor}
      action={accountText.switchOff}
      error={remove.error}
      isBusy={remove.isPending}
      onSubmit={() => remove.mutate({ password, code })}
      onClose={onClose}
    >
      <Field label={accountText.password}>
        <Input
          type="password"
          autoComplete="current-password"
          required
          autoFocus
          value={password}
          onChange={event => setPassword(event.target.value)}
        />
      </Field>
      <CodeField value={code} onChange={setCode} help={accountText.codeOrRecoveryCode} />
    </FormDialog>
  )
}
