import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, test } from 'vitest'
import { compile } from '#language/compile'
import { formatDiagnostic } from '#language/diagnostics'
import { parseFlow } from '#language/parse'
import { catalog } from '../manifests'
import { blueprintTags } from './blueprint'
import { blueprints } from './index'
import { findNeeds, findTypes } from './needs'
import { writeTexts } from './write-texts'

const folder = import.meta.dirname
const files = readdirSync(folder)
  .filter(name => name.endsWith('.yaml'))
  .sort()
const sources = files.map(name => [name.replace(/\.yaml$/, ''), readFileSync(join(folder, name), 'utf8')] as const)

test('the texts are those of the files', async () => {
  await expect(writeTexts(sources)).toMatchFileSnapshot(join(folder, 'texts.ts'))
})

test('the list is what the folder holds', () => {
  expect(blueprints.map(({ slug }) => slug).toSorted()).toEqual(sources.map(([slug]) => slug).toSorted())
})

test('there are more than 40, and a third of them runs anywhere', () => {
  expect(blueprints.length).toBeGreaterThan(40)
  expect(blueprints.filter(({ runsAnywhere }) => runsAnywhere).length).toBeGreaterThan(blueprints.length / 3)
})

test('each has an id and a title of its own', () => {
  const ids = blueprints.map(({ source }) => `${parseFlow(source, catalog).flow?.namespace} ${idOf(source)}`)
  expect(new Set(ids).size).toBe(blueprints.length)
  expect(new Set(blueprints.map(({ title }) => title)).size).toBe(blueprints.length)
})

test.each(blueprintTags)('some blueprint has the tag %s', tag => {
  expect(blueprints.filter(({ tags }) => tags.includes(tag)).length).toBeGreaterThan(1)
})

describe.each(blueprints.map(blueprint => [blueprint.slug, blueprint] as const))('%s', (slug, blueprint) => {
  const { flow, diagnostics } = parseFlow(blueprint.source, catalog)

  it('has no problem and no warning, and compiles', () => {
    expect(diagnostics.map(formatDiagnostic)).toEqual([])
    expect(compile(flow!, catalog).steps.length).toBeGreaterThan(0)
  })

  it('is named after its file', () => {
    expect(flow!.id).toBe(slug.replaceAll('-', '_'))
    expect(flow!.description).not.toBe(undefined)
  })

  it('starts by nothing of its own accord as long as nobody has looked at it', () => {
    const triggers = flow!.triggers ?? []
    expect(triggers.filter(({ disabled }) => disabled !== true).map(({ id }) => id)).toEqual([])
  })

  it('names only plugins that are there and not old', () => {
    for (const type of findTypes(blueprint.source)) expect(catalog.find(type)?.deprecated, type).toBeUndefined()
  })
})

const needless = blueprints.filter(({ runsAnywhere }) => runsAnywhere)

test.each(needless.map(({ slug, source }) => [slug, source]))('%s runs anywhere, so it needs nothing', (_, source) => {
  const none = { secrets: [], images: [], packages: [], network: [], services: [], flows: [] }
  expect(findNeeds(source, catalog)).toEqual(none)
})

function idOf(source: string): string | undefined {
  return parseFlow(source, catalog).flow?.id
}

describe('findNeeds', () => {
  const flow = (more: string) => `id: a\nnamespace: b.c\ntasks:\n  - id: t\n    ${more}`

  it.each([
    ['a secret', 'type: x\n    uri: "{{ secret(\'KEY\') }} {{ secret(key="B") }}"', { secrets: ['B', 'KEY'] }],
    ['an image', 'type: io.kestra.plugin.scripts.python.Script\n    containerImage: py:1', { images: ['py:1'] }],
    ['an image by default', 'type: io.kestra.plugin.scripts.julia.Script', { images: ['julia'] }],
    [
      'no image of a process',
      'type: io.kestra.plugin.scripts.julia.Script\n    taskRunner: {type: io.kestra.plugin.core.runner.Process}',
      {},
    ],
    ['packages', 'type: x\n    dependencies: [pandas, numpy]', { packages: ['numpy', 'pandas'] }],
    ['a host', 'type: x\n    uri: https://a.example.com/b?c=http://d.org', { network: ['a.example.com', 'd.org'] }],
    ['a service', 'type: io.kestra.plugin.jdbc.postgresql.Query', { services: ['PostgreSQL'] }],
    ['a flow', 'type: io.kestra.plugin.core.flow.Subflow\n    namespace: x.y\n    flowId: z', { flows: ['x.y.z'] }],
    [
      'a flow beside it',
      'type: io.kestra.plugin.core.flow.Subflow\n    namespace: "{{ flow.namespace }}"\n    flowId: z',
      { flows: ['b.c.z'] },
    ],
    ['nothing', 'type: x', {}],
  ])('finds %s', (_, more, found) => {
    const none = { secrets: [], images: [], packages: [], network: [], services: [], flows: [] }
    expect(findNeeds(flow(more), catalog)).toEqual({ ...none, ...found })
  })

  it('finds what it can in a text that is no YAML', () => {
    expect(findNeeds("a: [\n {{ secret('X') }}", catalog).secrets).toEqual(['X'])
  })
})
