'use client'

import { useMutation, useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { type FormEvent, useState } from 'react'
import { authText } from '#text/auth'
import { Alert } from '#ui/ui/alert'
import { Button } from '#ui/ui/button'
import { Field } from '#ui/ui/field'
import { Input } from '#ui/ui/input'
import { Skeleton } from '#ui/ui/skeleton'
import { messageOf } from '#web/components/request-error'
import { useTRPC } from '#web/components/trpc'

const minPasswordLength = 10

/** Sets a new password by a link. */
export function ResetPage({ value }: { value: string }) {
  const trpc = useTRPC()
  const link = useQuery(trpc.account.readReset.queryOptions({ value }, { retry: false }))
  const reset = useMutation(trpc.account.resetPassword.mutationOptions())
  const [password, setPassword] = useState('')
  function submit(event: FormEvent) {
    event.preventDefault()
    reset.mutate({ value, password })
  }
  if (link.isPending) return <Skeleton className="h-24" />
  if (link.isLoadingError) {
    return (
      <>
        <Alert tone="danger">{messageOf(link.error)}</Alert>
        <Button asChild size="lg" className="mt-5 w-full">
          <Link href="/reset-password">{authText.askForANewLink}</Link>
        </Button>
      </>
    )
  }
  if (reset.isSuccess) {
    return (
      <>
        <Alert tone="info">{authText.newPasswordIsSet}</Alert>
        <Button asChild variant="primary" size="lg" className="mt-5 w-full">
          <Link href="/sign-in">{authText.signIn}</Link>
        </Button>
      </>
    )
  }
  return (
    <>
      <h1 className="font-semibold text-lg">{authText.setANewPassword}</h1>
      <p className="mt-1 break-words text-[13px] text-muted">{authText.forAccount(link.data.email)}</p>
      <form onSubmit={submit} className="mt-5 space-y-4">
        {reset.isError && <Alert tone="danger">{messageOf(reset.error)}</Alert>}
        <input type="hidden" name="username" autoComplete="username" value={link.data.email} readOnly />
        <Field label={authText.newPassword} help={authText.atLeastCharacters(minPasswordLength)}>
          <Input
            type="password"
            autoComplete="new-password"
            minLength={minPasswordLength}
            required
            autoFocus
            value={password}
            onChange={event => setPassword(event.target.value)}
          />
        </Field>
        <Button type="submit" variant="primary" size="lg" className="w-full" isBusy={reset.isPending}>
          {authText.setThePassword}
        </Button>
      </form>
    </>
  )
}
