'use client'

import { useQuery } from '@tanstack/react-query'
import { type Ref, type RefObject, useEffect, useEffectEvent, useImperativeHandle, useRef, useState } from 'react'
import type { Diagnostic } from '#language/diagnostics'
import { editorText } from '#text/editor'
import { createEchoes } from '#web/components/echoes'
import { useTenant } from '#web/components/tenant'
import { useIsDark } from '#web/components/theme'
import { useTRPC } from '#web/components/trpc'
import { decorateExpressions } from './expression-decorations'
import { applySchema, monaco } from './monaco'
import { editorOptions } from './monaco-options'
import { themeNames } from './monaco-themes'
import { changeBetween } from './text-change'
import { useExpressionNames } from './use-expression-names'

export type YamlEditorHandle = {
  /** Puts the cursor there, and the focus. */
  goTo(line: number, column: number): void
  /** Shows a line; the focus stays where it is. */
  reveal(line: number): void
}

/** What an editor that opens knows of the one before: a view can be closed and shown again. */
export type EditorMemory = {
  /** Where the cursor is to go, from 1. */
  startAt?: { line: number; column: number }
  /** Cursor, selection and scrolling of the last one, and of which text. */
  last?: { path: string; state: monaco.editor.ICodeEditorViewState | null }
}

export type YamlEditorProps = {
  /** Tells one text from another: changing it gives the editor a fresh undo history. */
  path: string
  value: string
  onChange: (value: string) => void
  /** The cursor went to a line with something on it, from 1. */
  onLine?: (line: number) => void
  memory: RefObject<EditorMemory>
  diagnostics: Diagnostic[]
  isReadOnly?: boolean
  ref?: Ref<YamlEditorHandle>
}

const severities = { error: monaco.MarkerSeverity.Error, warning: monaco.MarkerSeverity.Warning }

export default function MonacoEditor({
  path,
  value,
  onChange,
  onLine,
  memory,
  diagnostics,
  isReadOnly,
  ref,
}: YamlEditorProps) {
  const box = useRef<HTMLDivElement>(null)
  const editorRef = useRef<monaco.editor.IStandaloneCodeEditor>(undefined)
  const [echoes] = useState(createEchoes)
  /** While a text comes from outside, which nobody there awaits back. */
  const isGiven = useRef(false)
  const isDark = useIsDark()
  useFlowSchema()
  useExpressionNames()

  const report = useEffectEvent(onChange)
  const reportLine = useEffectEvent((line: number) => onLine?.(line))
  const firstValue = useEffectEvent(() => value)
  const goToStart = useEffectEvent((editor: monaco.editor.IStandaloneCodeEditor) => {
    const { startAt, last } = memory.current
    if (last?.path === path) editor.restoreViewState(last.state)
    if (startAt) goTo(startAt.line, startAt.column)
    memory.current = {}
  })

  useEffect(() => {
    if (!box.current) return
    const model = monaco.editor.createModel(firstValue(), 'yaml', monaco.Uri.parse(`file:///${path}.yaml`))
    const editor = monaco.editor.create(box.current, { model, ...yamlOptions })
    editorRef.current = editor
    decorateExpressions(editor)
    goToStart(editor)
    const subscription = model.onDidChangeContent(() => {
      if (isGiven.current) return
      const text = model.getValue()
      echoes.expect(text)
      report(text)
    })
    editor.onDidChangeCursorPosition(({ position, source }) => {
      const isByHand = source === 'mouse' || source === 'keyboard'
      if (isByHand && model.getLineContent(position.lineNumber).trim() !== '') reportLine(position.lineNumber)
    })
    return () => {
      memory.current = { last: { path, state: editor.saveViewState() } }
      subscription.dispose()
      editor.dispose()
      model.dispose()
    }
  }, [path, echoes, memory])

  useEffect(() => monaco.editor.setTheme(isDark ? themeNames.dark : themeNames.light), [isDark])
  useEffect(() => editorRef.current?.updateOptions({ readOnly: isReadOnly }), [isReadOnly])

  useEffect(() => {
    const model = editorRef.current?.getModel()
    const change = model && !echoes.take(value) && changeBetween(model.getValue(), value)
    if (!model || !change) return
    // Not into the editor's own history: the document has one for all views.
    const from = model.getPositionAt(change.start)
    const to = model.getPositionAt(change.start + change.removed.length)
    isGiven.current = true
    model.applyEdits([{ range: monaco.Range.fromPositions(from, to), text: change.inserted }])
    isGiven.current = false
    const end = model.getPositionAt(change.start + change.inserted.length)
    editorRef.current?.setPosition(end, 'page')
    editorRef.current?.revealRangeInCenterIfOutsideViewport(monaco.Range.fromPositions(from, end))
  }, [value, echoes])

  useEffect(() => {
    const model = editorRef.current?.getModel()
    if (model) monaco.editor.setModelMarkers(model, 'millrace', diagnostics.map(toMarker))
  }, [diagnostics])

  function goTo(lineNumber: number, column: number) {
    editorRef.current?.revealLineInCenter(lineNumber)
    editorRef.current?.setPosition({ lineNumber, column })
    editorRef.current?.focus()
  }

  useImperativeHandle(ref, () => ({
    goTo,
    reveal(lineNumber) {
      editorRef.current?.revealLineInCenterIfOutsideViewport(lineNumber)
      editorRef.current?.setPosition({ lineNumber, column: 1 })
    },
  }))

  return <div ref={box} className="h-full min-h-0 w-full overflow-hidden" data-testid="yaml-editor" />
}

const yamlOptions = {
  ...editorOptions,
  quickSuggestions: { other: true, strings: true, comments: false },
  ariaLabel: editorText.flowAsYaml,
} satisfies monaco.editor.IStandaloneEditorConstructionOptions

function toMarker({ range, message, code, severity }: Diagnostic): monaco.editor.IMarkerData {
  return {
    startLineNumber: range.line,
    startColumn: range.column,
    endLineNumber: range.endLine,
    endColumn: range.endColumn,
    message,
    code,
    severity: severities[severity],
  }
}

function useFlowSchema() {
  const trpc = useTRPC()
  const schema = useQuery(trpc.plugin.flowSchema.queryOptions({ tenant: useTenant() }, { staleTime: Infinity }))
  useEffect(() => {
    if (schema.data) applySchema(schema.data)
  }, [schema.data])
}
