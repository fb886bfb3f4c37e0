'use client'

import Link from 'next/link'
import { type FormEvent, useState } from 'react'
import { authText } from '#text/auth'
import { commonText } from '#text/common'
import { Alert } from '#ui/ui/alert'
import { Button } from '#ui/ui/button'
import { Field } from '#ui/ui/field'
import { Input } from '#ui/ui/input'
import { signIn } from '#web/components/session'
import { AuthForm } from '../AuthForm'
import { OidcButton } from '../OidcButton'
import { localPath } from './local-path'
import { problemOfAddress } from './sign-in-problems'

const problems = {
  refused: authText.passwordIsWrong,
  refusedCode: authText.codeIsWrong,
  unreachable: commonText.serverDidNotAnswer,
}

export function SignInPage({ next, error }: { next?: string; error?: string }) {
  const [problem, setProblem] = useState(problemOfAddress(error))
  const [isBusy, setIsBusy] = useState(false)
  /** Known to be right once a code is asked for. */
  const [password, setPassword] = useState<{ email: string; password: string }>()

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const given = password ?? { email: String(form.get('email')), password: String(form.get('password')) }
    setIsBusy(true)
    setProblem(undefined)
    const result = await signIn(password ? { ...given, code: String(form.get('code')) } : given)
    if (result === 'ok') return window.location.assign(localPath(next))
    setIsBusy(false)
    if (result === 'codeNeeded') setPassword(given)
    else setProblem(problems[result === 'refused' && password ? 'refusedCode' : result])
  }

  return (
    <>
      <h1 className="font-semibold text-lg">{password ? authText.secondFactor : authText.signIn}</h1>
      <AuthForm onSubmit={submit}>
        {problem && <Alert tone="danger">{problem}</Alert>}
        {password ? <CodeField /> : <PasswordFields />}
        <Button type="submit" variant="primary" size="lg" className="w-full" isBusy={isBusy}>
          {authText.signIn}
        </Button>
      </AuthForm>
      {password ? (
        <Button variant="ghost" className="mt-3 w-full" onClick={() => setPassword(undefined)}>
          {authText.back}
        </Button>
      ) : (
        <>
          <OidcButton next={localPath(next)} />
          <p className="mt-5 text-center text-[13px] text-muted">
            {authText.newHere(text => (
              <Link href="/sign-up" className="font-medium text-accent hover:underline">
                {text}
              </Link>
            ))}
          </p>
        </>
      )}
    </>
  )
}

function PasswordFields() {
  return (
    <>
      <Field label={authText.email}>
        <Input name="email" type="email" autoComplete="username" required autoFocus />
      </Field>
      <Field label={authText.password}>
        <Input name="password" type="password" autoComplete="current-password" required />
      </Field>
      <p className="text-right text-[13px]">
        <Link href="/reset-password" className="text-muted hover:text-fg hover:underline">
          {authText.forgotYourPassword}
        </Link>
      </p>
    </>
  )
}

function CodeField() {
  return (
    <Field label={authText.code} help={authText.codeHelp}>
      <Input
        name="code"
        autoComplete="one-time-code"
        autoCapitalize="none"
        spellCheck={false}
        required
        autoFocus
        className="font-mono"
      />
    </Field>
  )
}
