import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { catalog } from '#catalog/manifests'
import { parseFlow } from '#language/parse'
import { freeId } from './free-id'
import { matchOf, paletteItems } from './palette'
import { templateOf } from './template'

const tasksAndTriggers = catalog.all().filter(({ kind }) => kind === 'task' || kind === 'trigger')
const items = paletteItems(catalog)

const other = '  - id: other\n    type: io.kestra.plugin.core.log.Log\n    message: hi\n'

function isEqual(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((part, index) => part === b[index])
}

describe('a template', () => {
  test.each(tasksAndTriggers.map(definition => [definition.type, definition] as const))('of %s', (type, definition) => {
    const yaml = templateOf(definition, new Set())
    const value: Record<string, unknown> = parse(yaml)
    expect(Object.keys(value).slice(0, 2)).toEqual(['id', 'type'])
    expect(value.type).toBe(type)
    expect(value.id).toMatch(/^[a-z][a-z0-9_]*$/)
    const item = `  - ${yaml.trimEnd().replaceAll('\n', '\n    ')}\n`
    const text = definition.kind === 'task' ? `tasks:\n${item}` : `tasks:\n${other}triggers:\n${item}`
    const { diagnostics } = parseFlow(`id: f\nnamespace: n\n${text}`, catalog)
    const errors = diagnostics.filter(({ severity }) => severity === 'error')
    // What it is to hold is dropped into it.
    const missing = (definition.children ?? []).map(child => ['tasks', 0, child])
    expect(
      errors.filter(({ path, code }) => code !== 'MISSING_PROPERTY' || !missing.some(list => isEqual(list, path))),
    ).toEqual([])
  })
})

describe('the id of something new', () => {
  test.each([
    ['io.kestra.plugin.core.log.Log', [], 'log'],
    ['io.kestra.plugin.core.log.Log', ['log'], 'log_2'],
    ['io.kestra.plugin.core.log.Log', ['log', 'log_2'], 'log_3'],
    ['io.kestra.plugin.scripts.python.Script', [], 'python_script'],
    ['io.kestra.plugin.jdbc.duckdb.Query', [], 'duckdb_query'],
    ['io.kestra.plugin.serdes.csv.CsvToIon', [], 'csv_to_ion'],
    ['io.kestra.plugin.core.kv.PurgeKV', [], 'purge_kv'],
    ['io.kestra.plugin.dbt.cli.DbtCLI', [], 'dbt_cli'],
  ])('%s beside %j is %s', (type, taken, id) => expect(freeId(type, new Set(taken))).toBe(id))
})

describe('the palette', () => {
  test('offers tasks and triggers, and nothing that something better has replaced', () => {
    expect(new Set(items.map(({ kind }) => kind))).toEqual(new Set(['task', 'trigger']))
    expect(items.map(({ type }) => type)).not.toContain('io.kestra.plugin.core.debug.Echo')
    expect(new Set(items.map(({ group }) => group))).not.toContain('others')
  })

  test.each([
    ['python', 'scripts.python'],
    ['http down', 'core.http.Download'],
    ['duckdb', 'jdbc.duckdb.Quer'],
    ['schedule', 'core.trigger.Schedule'],
    ['parallel', 'core.flow.Parallel'],
    ['log', 'core.log.Log'],
  ])('finds by "%s" first %s', (search, start) => {
    const best = items.toSorted((a, b) => matchOf(b, search) - matchOf(a, search))[0]
    expect(best?.type).toContain(start)
  })

  test('finds nothing where a word is nowhere', () => {
    expect(items.filter(item => matchOf(item, 'log zzz') > 0)).toEqual([])
  })
})
