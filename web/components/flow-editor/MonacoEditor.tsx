'use client'

import { useQuery } from '@tanstack/react-query'
import { type Ref, useEffect, useEffectEvent, useImperativeHandle, useRef, useState } from 'react'
import type { Diagnostic } from '#language/diagnostics'
import { useTenant } from '#web/components/tenant'
import { useIsDark } from '#web/components/theme'
import { useTRPC } from '#web/components/trpc'
import { createEchoes } from './echoes'
import { decorateExpressions } from './expression-decorations'
import { applySchema, monaco } from './monaco'
import { themeNames } from './monaco-themes'

export type YamlEditorHandle = { goTo(line: number, column: number): void }

export type YamlEditorProps = {
  /** Tells one text from another: changing it gives the editor a fresh undo history. */
  path: string
  value: string
  onChange: (value: string) => void
  diagnostics: Diagnostic[]
  isReadOnly?: boolean
  ref?: Ref<YamlEditorHandle>
}

const severities = { error: monaco.MarkerSeverity.Error, warning: monaco.MarkerSeverity.Warning }

export default function MonacoEditor({ path, value, onChange, diagnostics, isReadOnly, ref }: YamlEditorProps) {
  const box = useRef<HTMLDivElement>(null)
  const editorRef = useRef<monaco.editor.IStandaloneCodeEditor>(undefined)
  const [echoes] = useState(createEchoes)
  const isDark = useIsDark()
  useFlowSchema()

  const report = useEffectEvent(onChange)
  const firstValue = useEffectEvent(() => value)

  useEffect(() => {
    if (!box.current) return
    const model = monaco.editor.createModel(firstValue(), 'yaml', monaco.Uri.parse(`file:///${path}.yaml`))
    const editor = monaco.editor.create(box.current, { model, ...editorOptions })
    editorRef.current = editor
    decorateExpressions(editor)
    const subscription = model.onDidChangeContent(() => {
      const text = model.getValue()
      echoes.expect(text)
      report(text)
    })
    return () => {
      subscription.dispose()
      editor.dispose()
      model.dispose()
    }
  }, [path, echoes])

  useEffect(() => monaco.editor.setTheme(isDark ? themeNames.dark : themeNames.light), [isDark])
  useEffect(() => editorRef.current?.updateOptions({ readOnly: isReadOnly }), [isReadOnly])

  useEffect(() => {
    const editor = editorRef.current
    const model = editor?.getModel()
    if (!editor || !model || echoes.take(value) || model.getValue() === value) return
    // As an edit, so that it can be undone (restored draft, restored revision).
    editor.executeEdits('page', [{ range: model.getFullModelRange(), text: value }])
  }, [value, echoes])

  useEffect(() => {
    const model = editorRef.current?.getModel()
    if (model) monaco.editor.setModelMarkers(model, 'millrace', diagnostics.map(toMarker))
  }, [diagnostics])

  useImperativeHandle(ref, () => ({
    goTo(lineNumber, column) {
      editorRef.current?.revealLineInCenter(lineNumber)
      editorRef.current?.setPosition({ lineNumber, column })
      editorRef.current?.focus()
    },
  }))

  return <div ref={box} className="h-full min-h-0 w-full overflow-hidden" data-testid="yaml-editor" />
}

const editorOptions = {
  automaticLayout: true,
  minimap: { enabled: false },
  fontSize: 13,
  lineHeight: 20,
  tabSize: 2,
  padding: { top: 12, bottom: 12 },
  scrollBeyondLastLine: false,
  renderLineHighlight: 'line',
  overviewRulerBorder: false,
  fixedOverflowWidgets: true,
  quickSuggestions: { other: true, strings: true, comments: false },
  // Words of the text itself are no completions: Enter would take one for what was meant.
  wordBasedSuggestions: 'off',
  'semanticHighlighting.enabled': false,
  ariaLabel: 'Flow as YAML',
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
