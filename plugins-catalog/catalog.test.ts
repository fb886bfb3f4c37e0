import { readdirSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import type { PluginDefinition } from '#language/define-plugin'
import { formatDiagnostic } from '#language/diagnostics'
import { parseFlow } from '#language/parse'
import { catalog, manifests } from './manifests'

const room = dirname(fileURLToPath(import.meta.url))

function pluginFiles(): string[] {
  const entries = readdirSync(join(room, 'plugins'), { recursive: true, withFileTypes: true })
  return entries.filter(entry => entry.name === 'plugin.ts').map(entry => join(entry.parentPath, entry.name))
}

/** A plugin.ts exports one definition, or several by name. */
async function definitionsIn(file: string): Promise<PluginDefinition[]> {
  const module = (await import(file)) as Record<string, unknown>
  return Object.values(module).filter(value => typeof value === 'object' && value !== null && 'type' in value) as never
}

describe('the list of plugins', () => {
  it('is what the folders hold', async () => {
    const onDisk = (await Promise.all(pluginFiles().map(definitionsIn))).flat().map(({ type }) => type)
    expect(manifests.map(({ type }) => type).toSorted()).toEqual(onDisk.toSorted())
  })

  it('finds no folder without a definition', async () => {
    for (const file of pluginFiles()) expect(await definitionsIn(file), relative(room, file)).not.toEqual([])
  })
})

describe.each(manifests.map(plugin => [plugin.type, plugin] as const))('%s', (_, plugin) => {
  it('says what it is', () => {
    expect(plugin.title).not.toBe('')
    expect(plugin.kind === 'task').toBe(plugin.step !== undefined)
    expect(plugin.kind === 'trigger').toBe(plugin.starts !== undefined)
    expect(plugin.starts === 'schedule').toBe(plugin.dates !== undefined)
    expect(catalog.find(plugin.type)).toBe(plugin)
  })

  it('names properties that exist', () => {
    const names = Object.keys(plugin.properties.shape)
    expect(names).toEqual(expect.arrayContaining([...(plugin.renderLater ?? []), ...(plugin.children ?? [])]))
  })

  it('has an example without problems', () => {
    expect(plugin.examples.length).toBeGreaterThan(0)
    for (const { yaml } of plugin.examples) {
      const { flow, diagnostics } = parseFlow(asFlow(yaml), catalog)
      const isOwn = (code: string) =>
        code !== 'OLDER_DIALECT' && (code !== 'DEPRECATED' || plugin.deprecated === undefined)
      expect(diagnostics.filter(({ code }) => isOwn(code)).map(formatDiagnostic)).toEqual([])
      expect(flow).not.toBeNull()
    }
  })
})

/** An example is a flow, or one task; either may read the file that a task `extract` before it downloads. */
function asFlow(yaml: string): string {
  const isFlow = /^namespace:/m.test(yaml) && /^tasks:/m.test(yaml)
  const flow = isFlow ? yaml : `${head}tasks:\n  - ${yaml.trimEnd().split('\n').join('\n    ')}\n`
  return flow.includes('outputs.extract.') && !flow.includes('id: extract\n')
    ? flow.replace('tasks:\n', `tasks:\n${extract}`)
    : flow
}

const head = 'id: example\nnamespace: company.team\n'
const extract = `  - id: extract
    type: io.kestra.plugin.core.http.Download
    uri: https://example.com/data.json
`
