import { Field } from '#ui/ui/field'
import { Input } from '#ui/ui/input'

const minPasswordLength = 10

export const signUpFields = ['email', 'password', 'tenantName', 'tenantSlug'] as const
export type SignUpField = (typeof signUpFields)[number]

export function SignUpFields({
  values,
  problems,
  onChange,
}: {
  values: Record<SignUpField, string>
  problems: Partial<Record<SignUpField, string>>
  onChange: (field: SignUpField, value: string) => void
}) {
  function bind(field: SignUpField) {
    return {
      required: true,
      value: values[field],
      onChange: (event: { target: { value: string } }) => onChange(field, event.target.value),
    }
  }
  return (
    <>
      <Field label="E-mail" problem={problems.email}>
        <Input type="email" name="email" autoComplete="username" autoFocus {...bind('email')} />
      </Field>
      <Field label="Password" help={`At least ${minPasswordLength} characters.`} problem={problems.password}>
        <Input
          type="password"
          name="password"
          autoComplete="new-password"
          minLength={minPasswordLength}
          {...bind('password')}
        />
      </Field>
      <Field label="Tenant name" problem={problems.tenantName}>
        <Input name="tenant" autoComplete="organization" placeholder="Acme" {...bind('tenantName')} />
      </Field>
      <Field
        label="Address"
        help="Lower-case letters, digits and dashes. Part of every link."
        problem={problems.tenantSlug}
      >
        <Input
          name="slug"
          pattern="[a-z0-9]([a-z0-9\-]{0,38}[a-z0-9])?"
          title="Lower-case letters, digits and dashes"
          spellCheck={false}
          autoCapitalize="none"
          placeholder="acme"
          className="font-mono"
          {...bind('tenantSlug')}
        />
      </Field>
    </>
  )
}
