import type { editor } from 'monaco-editor/esm/vs/editor/editor.api'

const expression = '\\{\\{.*?\\}\\}'
const maxMatches = 2000

/** Colours `{{ ... }}` inside strings, which YAML highlighting does not know. */
export function decorateExpressions(codeEditor: editor.IStandaloneCodeEditor): void {
  const decorations = codeEditor.createDecorationsCollection()
  const refresh = () => {
    const matches = codeEditor.getModel()?.findMatches(expression, false, true, true, null, false, maxMatches) ?? []
    decorations.set(matches.map(({ range }) => ({ range, options: { inlineClassName: 'editor-expression' } })))
  }
  codeEditor.onDidChangeModelContent(refresh)
  refresh()
}
