'use client'

import Link from 'next/link'
import { type FormEvent, useState } from 'react'
import { Alert } from '#ui/ui/alert'
import { Button } from '#ui/ui/button'
import { Field } from '#ui/ui/field'
import { Input } from '#ui/ui/input'
import { signIn } from '#web/components/session'
import { localPath } from './local-path'

const problems = {
  refused: 'E-mail or password is wrong, or there were too many attempts. Wait a minute before you try again.',
  unreachable: 'The server did not answer. Try again.',
}

export function SignInPage({ next }: { next?: string }) {
  const [problem, setProblem] = useState<string>()
  const [isBusy, setIsBusy] = useState(false)

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    setIsBusy(true)
    setProblem(undefined)
    const result = await signIn({ email: String(form.get('email')), password: String(form.get('password')) })
    if (result === 'ok') return window.location.assign(localPath(next))
    setIsBusy(false)
    setProblem(problems[result])
  }

  return (
    <>
      <h1 className="font-semibold text-lg">Sign in</h1>
      <form onSubmit={submit} className="mt-5 space-y-4">
        {problem && <Alert tone="danger">{problem}</Alert>}
        <Field label="E-mail">
          <Input name="email" type="email" autoComplete="username" required autoFocus />
        </Field>
        <Field label="Password">
          <Input name="password" type="password" autoComplete="current-password" required />
        </Field>
        <Button type="submit" variant="primary" size="lg" className="w-full" isBusy={isBusy}>
          Sign in
        </Button>
      </form>
      <p className="mt-5 text-center text-[13px] text-muted">
        New here?{' '}
        <Link href="/sign-up" className="font-medium text-accent hover:underline">
          Create an account
        </Link>
      </p>
    </>
  )
}
