'use client'

import { executeText } from '#text/execute'
import { Field } from '#ui/ui/field'
import { Input } from '#ui/ui/input'

/** When an execution is to begin, by the clock of who asks; now where it is empty. */
export function StartLater({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  return (
    <Field label={executeText.startLater} help={executeText.startLaterHelp} isOptional>
      <Input type="datetime-local" value={value} onChange={event => onChange(event.target.value)} className="w-auto" />
    </Field>
  )
}
