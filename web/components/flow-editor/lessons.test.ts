import { describe, expect, it } from 'vitest'
import { catalog } from '#catalog/manifests'
import type { Diagnostic } from '#language/diagnostics'
import { parseFlow } from '#language/parse'
import { applyLesson, lessonOf, noLesson } from './lessons'

const flow = (uri: string) => `id: f
namespace: n
tasks:
  - id: get
    type: io.kestra.plugin.core.http.Download
${uri}`
const check = (text: string) => parseFlow(text, catalog)
const codes = (diagnostics: Diagnostic[]) => diagnostics.map(({ code }) => code)

describe('what the browser learns of the server', () => {
  const { diagnostics: local } = check(flow(''))
  const extra: Diagnostic = {
    code: 'INVALID_VALUE',
    severity: 'warning',
    message: 'no such flow',
    path: ['tasks', 0, 'type'],
    range: { start: 0, end: 1, line: 1, column: 1, endLine: 1, endColumn: 2 },
  }

  it('is nothing where both say the same', () => {
    expect(codes(local)).toEqual(['MISSING_PROPERTY'])
    expect(lessonOf(local, local)).toEqual(noLesson)
  })

  it('is not to warn of what a default of the namespace fills', () => {
    const lesson = lessonOf(local, [])
    const next = check(flow('    description: more\n'))
    expect(codes(next.diagnostics)).toEqual(['MISSING_PROPERTY'])
    expect(applyLesson(next.diagnostics, lesson, path => next.source.rangeOf(path))).toEqual([])
  })

  it('is to say again what only the server can find, where it stands by now', () => {
    const lesson = lessonOf(local, [...local, extra])
    const next = check(`# a line more\n${flow('')}`)
    const shown = applyLesson(next.diagnostics, lesson, path => next.source.rangeOf(path))
    expect(shown.find(({ message }) => message === 'no such flow')?.range).toMatchObject({ line: 6, column: 11 })
    expect(shown).toHaveLength(2)
  })
})
