'use client'

import { useMutation } from '@tanstack/react-query'
import Link from 'next/link'
import { useState } from 'react'
import { accountText } from '#text/account'
import { commonText } from '#text/common'
import { FormDialog } from '#ui/FormDialog'
import { Button } from '#ui/ui/button'
import { Field } from '#ui/ui/field'
import { Input } from '#ui/ui/input'
import { useTRPC } from '#web/components/trpc'
import { Section } from './Section'
import { useSecurityChange } from './use-security-change'

const minPasswordLength = 10

export function PasswordSection({ hasPassword }: { hasPassword: boolean }) {
  const [isOpen, setIsOpen] = useState(false)
  if (!hasPassword) {
    return (
      <Section
        title={accountText.password}
        text={accountText.noPassword(text => (
          <Link href="/reset-password" className="text-accent hover:underline">
            {text}
          </Link>
        ))}
      />
    )
  }
  return (
    <>
      <Section
        title={accountText.password}
        text={accountText.changeSignsOut}
        actions={<Button onClick={() => setIsOpen(true)}>{accountText.changePassword}</Button>}
      />
      {isOpen && <ChangePasswordDialog onClose={() => setIsOpen(false)} />}
    </>
  )
}

function ChangePasswordDialog({ onClose }: { onClose: () => void }) {
  const trpc = useTRPC()
  const after = useSecurityChange(onClose)
  const change = useMutation(
    trpc.account.changePassword.mutationOptions({ onSuccess: () => after(accountText.changedThePassword) }),
  )
  const [current, setCurrent] = useState('')
  const [password, setPassword] = useState('')
  return (
    <FormDialog
      title={accountText.changePassword}
      action={commonText.change}
      error={change.error}
      isBusy={change.isPending}
      onSubmit={() => change.mutate({ current, password })}
      onClose={onClose}
    >
      <Field label={accountText.currentPassword}>
        <Input
          type="password"
          autoComplete="current-password"
          required
          autoFocus
          value={current}
          onChange={event => setCurrent(event.target.value)}
        />
      </Field>
      <Field label={accountText.newPassword} help={accountText.atLeastCharacters(minPasswordLength)}>
        <Input
          type="password"
          autoComplete="new-password"
          minLength={minPasswordLength}
          required
          value={password}
          onChange={event => setPassword(event.target.value)}
        />
      </Field>
    </FormDialog>
  )
}
