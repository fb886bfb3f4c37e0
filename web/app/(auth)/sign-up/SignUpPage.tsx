'use client'

import { useMutation } from '@tanstack/react-query'
import Link from 'next/link'
import { type FormEvent, useState } from 'react'
import { Alert } from '#ui/ui/alert'
import { Button } from '#ui/ui/button'
import { Field } from '#ui/ui/field'
import { Input } from '#ui/ui/input'
import { codeOf, detailsOf, messageOf } from '#web/components/request-error'
import { useTRPC } from '#web/components/trpc'
import { slugOf } from './slug'

const minPasswordLength = 10
const fields = ['email', 'password', 'tenantName', 'tenantSlug'] as const

export function SignUpPage() {
  const [values, setValues] = useState({ email: '', password: '', tenantName: '', tenantSlug: '' })
  const [isSlugTyped, setIsSlugTyped] = useState(false)
  const signUp = useSignUp()
  const problems = problemsByField(signUp.error)

  function set(field: (typeof fields)[number], value: string) {
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
      <h1 className="font-semibold text-lg">Create your account</h1>
      <p className="mt-1 text-[13px] text-muted">
        You get a tenant of your own: flows, runs and files that only its members see.
      </p>
      <form onSubmit={submit} className="mt-5 space-y-4">
        {problems.form && <Alert tone="danger">{problems.form}</Alert>}
        <Field label="E-mail" problem={problems.email}>
          <Input
            type="email"
            name="email"
            autoComplete="username"
            required
            autoFocus
            value={values.email}
            onChange={event => set('email', event.target.value)}
          />
        </Field>
        <Field label="Password" help={`At least ${minPasswordLength} characters.`} problem={problems.password}>
          <Input
            type="password"
            name="password"
            autoComplete="new-password"
            required
            minLength={minPasswordLength}
            value={values.password}
            onChange={event => set('password', event.target.value)}
          />
        </Field>
        <Field label="Tenant name" problem={problems.tenantName}>
          <Input
            name="tenant"
            autoComplete="organization"
            required
            placeholder="Acme"
            value={values.tenantName}
            onChange={event => set('tenantName', event.target.value)}
          />
        </Field>
        <Field
          label="Address"
          help="Lower-case letters, digits and dashes. Part of every link."
          problem={problems.tenantSlug}
        >
          <SlugInput
            value={values.tenantSlug}
            onChange={slug => {
              setIsSlugTyped(slug !== '')
              set('tenantSlug', slug)
            }}
          />
        </Field>
        <Button
          type="submit"
          variant="primary"
          size="lg"
          className="w-full"
          isBusy={signUp.isPending || signUp.isSuccess}
        >
          Sign up
        </Button>
      </form>
      <p className="mt-5 text-center text-[13px] text-muted">
        Have an account?{' '}
        <Link href="/sign-in" className="font-medium text-accent hover:underline">
          Sign in
        </Link>
      </p>
    </>
  )
}

function SlugInput({ value, onChange, ...rest }: { value: string; onChange: (slug: string) => void }) {
  return (
    <Input
      name="slug"
      required
      pattern="[a-z0-9]([a-z0-9\-]{0,38}[a-z0-9])?"
      title="Lower-case letters, digits and dashes"
      spellCheck={false}
      autoCapitalize="none"
      placeholder="acme"
      className="font-mono"
      value={value}
      onChange={event => onChange(event.target.value)}
      {...rest}
    />
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

function problemsByField(error: unknown): Partial<Record<(typeof fields)[number] | 'form', string>> {
  if (!error) return {}
  const details = detailsOf(error)
  const problems: Record<string, string> = {}
  for (const { path, message } of details) {
    const field = fields.find(name => name === path)
    if (field) problems[field] ??= message
  }
  if (Object.keys(problems).length > 0) return problems
  if (codeOf(error) === 'CONFLICT' && /e-?mail/i.test(messageOf(error))) return { email: messageOf(error) }
  return { form: messageOf(error) }
}
