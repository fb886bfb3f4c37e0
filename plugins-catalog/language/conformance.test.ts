import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { catalog } from '#catalog/manifests'
import { formatDiagnostic } from './diagnostics'
import { parseFlow } from './parse'

/** Flows of Kestra with what it did with them; not a part of the project, so only tried where they are. */
const folder = fileURLToPath(new URL('../../../shared/conformance/', import.meta.url))
const files = existsSync(folder) ? readdirSync(`${folder}flows`) : []

/** Types that nothing here runs yet. */
const notYet = [
  'core.namespace.UploadFiles',
  'core.namespace.DownloadFiles',
  'core.namespace.DeleteFiles',
  'core.http.Request',
  'core.flow.ForEachItem',
  'core.log.Fetch',
].filter(name => catalog.find(`io.kestra.plugin.${name}`) === undefined)

describe.skipIf(files.length === 0)('flows that Kestra saves', () => {
  it.each(files)('%s', file => {
    const expected = JSON.parse(readFileSync(`${folder}expected/${file.replace(/\.ya?ml$/, '.json')}`, 'utf8'))
    const { flow, diagnostics } = parseFlow(readFileSync(`${folder}flows/${file}`, 'utf8'), catalog)
    const errors = diagnostics
      .filter(({ severity, message }) => severity === 'error' && !notYet.some(name => message.includes(name)))
      .map(formatDiagnostic)
    if (expected.load_status === 200) {
      expect(errors).toEqual([])
      expect(flow?.id).toBe(expected.id)
    } else {
      expect(errors).not.toEqual([])
    }
  })
})
