/** Inputs as a form shows them. Pure. */
import type { FormPlace, Input } from '#language/inputs/input'
import type { InputPreview } from '#web/server/executions/input-preview'

export type InputGroup = { form: FormPlace | undefined; inputs: Input[] }

/** Neighbours of one form together, in order. */
export function groupByForm(inputs: Input[]): InputGroup[] {
  const groups: InputGroup[] = []
  for (const input of inputs) {
    const last = groups.at(-1)
    if (last !== undefined && last.form?.id === input.form?.id) last.inputs.push(input)
    else groups.push({ form: input.form, inputs: [input] })
  }
  return groups
}

/** The input with the choices that the server rendered. */
export function withChoices(input: Input, preview: InputPreview | undefined): Input {
  const { choices } = preview ?? {}
  return choices !== undefined && (input.type === 'SELECT' || input.type === 'MULTISELECT')
    ? { ...input, values: choices }
    : input
}
