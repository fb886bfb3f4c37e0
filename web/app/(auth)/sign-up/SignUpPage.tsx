'use client'

import { useMutation } from '@tanstack/react-query'
import Link from 'next/link'
import { type FormEvent, useState } from 'react'
import { authText } from '#text/auth'
import { Alert } from '#ui/ui/alert'
import { Button } from '#ui/ui/button'
import { codeOf, detailsOf, messageOf } from '#web/components/request-error'
import { slugOf } from '#web/components/slug'
import { useTRPC } from '#web/components/trpc'
import { AuthForm } from '../AuthForm'
import { OidcButton } from '../OidcButton'
import { type SignUpField, SignUpFields, signUpFields } from './SignUpFields'

export function SignUpPage() {
  const [values, setValues] = useState({ email: '', password: '', tenantName: '', tenantSlug: '' })
  const [isSlugTyped, setIsSlugTyped] = useState(false)
  const signUp = useSignUp()
  const problems = problemsByField(signUp.error)

  function set(field: SignUpField, value: string) {
    // Until it is typed by hand, the address follows the name.
    if (field === 'tenantSlug') setIsSlugTyped(value !== '')
    setValues(old => ({
      ...old,
      [field]: value,
      ...(field === 'tenantName' && !isSlugTyped ? { tenantSlug: slugOf(value) } : {}),
    }))
  }
  function submit(event: FormEvent) {
    event.preventDefault()
    signUp.mutate(values)
  }

  return (
    <>
      <h1 className="font-semibold text-lg">{authText.createYourAccount}</h1>
      <p className="mt-1 text-[13px] text-muted">{authText.whatSignUpGives}</p>
      <AuthForm onSubmit={submit}>
        {problems.form && <Alert tone="danger">{problems.form}</Alert>}
        <SignUpFields values={values} problems={problems} onChange={set} />
        <Button
          type="submit"
          variant="primary"
          size="lg"
          className="w-full"
          isBusy={signUp.isPending || signUp.isSuccess}
        >
          {authText.signUp}
        </Button>
      </AuthForm>
      <OidcButton next="/" />
      <p className="mt-5 text-center text-[13px] text-muted">
        {authText.haveAnAccount(text => (
          <Link href="/sign-in" className="font-medium text-accent hover:underline">
            {text}
          </Link>
        ))}
      </p>
    </>
  )
}

/** Creates the account and its session, and opens its empty list of flows. */
function useSignUp() {
  const trpc = useTRPC()
  return useMutation(
    trpc.account.signUp.mutationOptions({
      onSuccess: ({ tenant }) => window.location.assign(`/${tenant}/flows`),
    }),
  )
}

function problemsByField(error: unknown): Partial<Record<SignUpField | 'form', string>> {
  if (!error) return {}
  const details = detailsOf(error)
  const problems: Record<string, string> = {}
  for (const { path, message } of details) {
    const field = signUpFields.find(name => name === path)
    if (field) problems[field] ??= message
  }
  if (Object.keys(problems).length > 0) return problems
  if (codeOf(error) === 'CONFLICT' && /e-?mail/i.test(messageOf(error))) return { email: messageOf(error) }
  return { form: messageOf(error) }
}
