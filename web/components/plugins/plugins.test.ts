import { expect, test } from 'vitest'
import { catalog } from '#catalog/manifests'
import { commonSchema, outputSchema, ownSchema } from '#language/editor-schema'
import { fieldsOf } from '../no-code/shapes'
import { groupOf } from './groups'
import { findPlugins, firstSentence, summariesOf } from './plugin-summaries'
import { nameOf, propertyRows } from './property-rows'

test.each([
  ['io.kestra.plugin.core.http.Request', 'core.http'],
  ['io.kestra.plugin.jdbc.duckdb.Query', 'jdbc.duckdb'],
])('%s is of the group %s', (type, group) => {
  expect(groupOf(type)).toBe(group)
})

test.each([
  ['Reads `a.b` of [here](https://x.y). More.', 'Reads a.b of here.'],
  ['One\nparagraph\n\nand another', 'One paragraph'],
  ['', ''],
])('%j begins with %j', (markdown, sentence) => {
  expect(firstSentence(markdown)).toBe(sentence)
})

test('a search finds by every word, what is named so first', () => {
  const found = findPlugins(summariesOf(catalog), 'http request', 'task')
  expect(found[0]?.type).toBe('io.kestra.plugin.core.http.Request')
  expect(findPlugins(summariesOf(catalog), 'no such thing', undefined)).toEqual([])
})

test('properties inside others stand below them, with the way to them', () => {
  const rows = propertyRows(fieldsOf(ownSchema(catalog.find('io.kestra.plugin.core.http.Request')!)))
  expect(rows.find(({ path }) => path === 'options.timeout.connectTimeout')).toMatchObject({
    depth: 2,
    type: 'duration',
  })
  expect(rows.find(({ path }) => path === 'uri')).toMatchObject({ depth: 0, type: 'text' })
})

test.each(catalog.all().map(definition => [definition.type, definition] as const))(
  '%s: every property and output has a name for what it is',
  (_type, definition) => {
    const schemas = [ownSchema(definition), commonSchema(definition.kind)]
    if (definition.outputs) schemas.push(outputSchema(definition.outputs))
    for (const { field } of schemas.flatMap(schema => propertyRows(fieldsOf(schema)))) {
      expect(nameOf(field.shape), field.name).not.toBe('')
    }
  },
)
