import { expect, test } from 'vitest'
import { catalog } from '#catalog/manifests'
import { isJsonObject, type Json } from '#language/json'
import { valueAt } from '#language/paths'
import { editFlow, readFlow } from '../flow-editor/flow-tools'
import { nodesOf } from '../flow-editor/nodes'
import { formOfPlugin } from './form-model'

const examples = catalog.all().flatMap(({ type, examples }) => examples.map(({ yaml }) => [type, yaml] as const))

/** Each field of each task and trigger in a flow, with its value where it is written. */
function fieldsIn(text: string) {
  const { topology, value: flow } = readFlow(text)
  return nodesOf(topology).flatMap(({ node }) => {
    const definition = node.type === undefined ? undefined : catalog.find(node.type)
    const written = valueAt(flow, node.path)
    const fields = definition ? formOfPlugin(definition).flatMap(({ fields }) => fields) : []
    return fields.map(field => {
      const value: Json | undefined = isJsonObject(written) ? written[field.name] : undefined
      return { field, path: [...node.path, field.name], value }
    })
  })
}

function edited(text: string, edit: Parameters<typeof editFlow>[1]): string {
  const result = editFlow(text, edit)
  if ('problem' in result) throw new Error(`${JSON.stringify(edit)}: ${result.problem}`)
  return result.text
}

test.each(examples)('%s: each field of its example is written as it is read, taken out and put back', (_type, text) => {
  const before = readFlow(text).value
  for (const { field, path, value } of fieldsIn(text)) {
    if (value === undefined) continue
    expect(edited(text, { kind: 'set', path, value })).toBe(text)
    if (field.shape.kind === 'tasks') continue
    const without = edited(text, { kind: 'unset', path })
    expect(valueAt(readFlow(without).value, path)).toBeUndefined()
    expect(readFlow(edited(without, { kind: 'set', path, value })).value).toEqual(before)
  }
})
