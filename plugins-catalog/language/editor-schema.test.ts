import { expect, it } from 'vitest'
import { catalog } from '#catalog/manifests'
import { flowJsonSchema, type JsonSchema } from './editor-schema'

const schema = flowJsonSchema(catalog)
const definitions = schema.$defs as {
  [name: string]: { allOf?: { if: JsonSchema; then: { properties: JsonSchema; required: string[] } }[] }
}

function pluginSchema(type: string) {
  return definitions.task?.allOf?.find(({ if: condition }) => JSON.stringify(condition).includes(`"${type}"`))?.then
}

it('offers each task, with what it needs', () => {
  for (const { type } of catalog.all().filter(({ kind }) => kind === 'task'))
    expect(pluginSchema(type), type).toBeDefined()
  expect(pluginSchema('io.kestra.plugin.core.flow.Sleep')?.required).toEqual(['duration'])
})

it('takes a type or a template, and words by name', () => {
  const properties = pluginSchema('io.kestra.plugin.core.flow.Parallel')?.properties
  expect(properties?.concurrent).toMatchObject({ anyOf: [{ type: 'integer' }, { type: 'string' }] })
  const log = pluginSchema('io.kestra.plugin.core.log.Log')?.properties
  expect(JSON.stringify(log?.level)).toContain('"WARN"')
})

it('refers to tasks where tasks are held', () => {
  expect(pluginSchema('io.kestra.plugin.core.flow.Sequential')?.properties.tasks).toMatchObject({
    items: { $ref: '#/$defs/task' },
  })
  expect(JSON.stringify(pluginSchema('io.kestra.plugin.core.flow.Switch')?.properties.cases)).toContain('#/$defs/task')
  expect(JSON.stringify(pluginSchema('io.kestra.plugin.core.flow.Dag')?.properties.tasks)).toContain('#/$defs/task')
})

it('refers only to definitions that are there', () => {
  const references = JSON.stringify(schema).matchAll(/"\$ref":"#\/\$defs\/(\w+)/g)
  expect(
    [...new Set([...references].map(([, name]) => name))].filter(name => definitions[name!] === undefined),
  ).toEqual([])
})
