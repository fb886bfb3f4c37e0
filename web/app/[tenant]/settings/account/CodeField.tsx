import { accountText } from '#text/account'
import { Field } from '#ui/ui/field'
import { Input } from '#ui/ui/input'

/** For the code of a device. */
export function CodeField({
  value,
  onChange,
  help,
}: {
  value: string
  onChange: (value: string) => void
  help: string
}) {
  return (
    <Field label={accountText.code} help={help}>
      <Input
        required
        autoComplete="one-time-code"
        autoCapitalize="none"
        spellCheck={false}
        className="font-mono"
        value={value}
        onChange={event => onChange(event.target.value)}
      />
    </Field>
  )
}
