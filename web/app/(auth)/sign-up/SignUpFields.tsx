import { authText } from '#text/auth'
import { commonText } from '#text/common'
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
      <Field label={authText.email} problem={problems.email}>
        <Input type="email" name="email" autoComplete="username" autoFocus {...bind('email')} />
      </Field>
      <Field label={authText.password} help={authText.atLeastCharacters(minPasswordLength)} problem={problems.password}>
        <Input
          type="password"
          name="password"
          autoComplete="new-password"
          minLength={minPasswordLength}
          {...bind('password')}
        />
      </Field>
      <Field label={commonText.tenantName} problem={problems.tenantName}>
        <Input
          name="tenant"
          autoComplete="organization"
          placeholder={authText.tenantNameExample}
          {...bind('tenantName')}
        />
      </Field>
      <Field label={commonText.address} help={authText.slugHelp} problem={problems.tenantSlug}>
        <Input
          name="slug"
          pattern="[a-z0-9]([a-z0-9\-]{0,38}[a-z0-9])?"
          title={authText.slugRule}
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
