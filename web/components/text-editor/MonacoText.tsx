'use client'

import { useEffect, useEffectEvent, useRef } from 'react'
import { monaco } from '#web/components/flow-editor/monaco'
import { editorOptions } from '#web/components/flow-editor/monaco-options'
import { themeNames } from '#web/components/flow-editor/monaco-themes'
import { useIsDark } from '#web/components/theme'
import { languageOf } from './language-of'
import { loadLanguage } from './load-language'

export type TextEditorProps = {
  /** Its ending tells the language. */
  path: string
  /** What it begins with; from then on the editor has it. */
  firstText: string
  label: string
  isReadOnly: boolean
  onChange: (text: string) => void
}

/** Edits a text of any kind. Heavy: loaded by `TextEditor.tsx`. */
export default function MonacoText({ path, firstText, label, isReadOnly, onChange }: TextEditorProps) {
  const box = useRef<HTMLDivElement>(null)
  const editorRef = useRef<monaco.editor.IStandaloneCodeEditor>(undefined)
  const isDark = useIsDark()
  const report = useEffectEvent(onChange)
  const begin = useEffectEvent(() => ({ text: firstText, label }))

  useEffect(() => {
    if (!box.current) return
    const { text, label: ariaLabel } = begin()
    const model = monaco.editor.createModel(text, 'plaintext')
    const editor = monaco.editor.create(box.current, { model, ...editorOptions, ariaLabel })
    editorRef.current = editor
    const subscription = model.onDidChangeContent(() => report(model.getValue()))
    const language = languageOf(path)
    if (language) {
      void loadLanguage(language).then(() => {
        if (!model.isDisposed()) monaco.editor.setModelLanguage(model, language)
      })
    }
    return () => {
      subscription.dispose()
      editor.dispose()
      model.dispose()
    }
  }, [path])

  useEffect(() => monaco.editor.setTheme(isDark ? themeNames.dark : themeNames.light), [isDark])
  useEffect(() => editorRef.current?.updateOptions({ readOnly: isReadOnly }), [isReadOnly])

  return <div ref={box} className="h-full min-h-0 w-full overflow-hidden" data-testid="text-editor" />
}
