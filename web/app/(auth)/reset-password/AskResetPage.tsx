'use client'

import { useMutation } from '@tanstack/react-query'
import Link from 'next/link'
import { type FormEvent, useState } from 'react'
import { authText } from '#text/auth'
import { Alert } from '#ui/ui/alert'
import { Button } from '#ui/ui/button'
import { Field } from '#ui/ui/field'
import { Input } from '#ui/ui/input'
import { messageOf } from '#web/components/request-error'
import { useTRPC } from '#web/components/trpc'
import { AuthForm } from '../AuthForm'

/** Asks for a link that sets a new password; says the same whether there is an account or not. */
export function AskResetPage() {
  const trpc = useTRPC()
  const ask = useMutation(trpc.account.requestReset.mutationOptions())
  const [email, setEmail] = useState('')
  function submit(event: FormEvent) {
    event.preventDefault()
    ask.mutate({ email })
  }
  return (
    <>
      <h1 className="font-semibold text-lg">{authText.setANewPassword}</h1>
      {ask.isSuccess ? (
        <Alert tone="info" className="mt-5">
          {authText.linkIsOnItsWay(email)}
        </Alert>
      ) : (
        <AuthForm onSubmit={submit}>
          {ask.isError && <Alert tone="danger">{messageOf(ask.error)}</Alert>}
          <Field label={authText.email} help={authText.addressYouSignInWith}>
            <Input
              type="email"
              autoComplete="username"
              required
              autoFocus
              value={email}
              onChange={event => setEmail(event.target.value)}
            />
          </Field>
          <Button type="submit" variant="primary" size="lg" className="w-full" isBusy={ask.isPending}>
            {authText.sendALink}
          </Button>
        </AuthForm>
      )}
      <p className="mt-5 text-center text-[13px] text-muted">
        <Link href="/sign-in" className="font-medium text-accent hover:underline">
          {authText.backToSignIn}
        </Link>
      </p>
    </>
  )
}
