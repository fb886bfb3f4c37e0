import type { monaco } from './monaco'

/** What every editor of text looks and feels like. */
export const editorOptions = {
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
  // Words of the text itself are no completions: Enter would take one for what was meant.
  wordBasedSuggestions: 'off',
  'semanticHighlighting.enabled': false,
} satisfies monaco.editor.IStandaloneEditorConstructionOptions
