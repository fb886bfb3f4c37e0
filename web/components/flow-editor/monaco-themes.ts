type Monaco = typeof import('monaco-editor/esm/vs/editor/editor.api')

export const themeNames = { light: 'millrace-light', dark: 'millrace-dark' }

/** Colours of globals.css, which the editor cannot read by itself. */
export function defineThemes(monaco: Monaco): void {
  monaco.editor.defineTheme(themeNames.light, {
    base: 'vs',
    inherit: true,
    rules: [
      { token: 'type.yaml', foreground: '0b5672' },
      { token: 'string.yaml', foreground: '3b4048' },
      { token: 'keyword.yaml', foreground: '6d3fc0' },
      { token: 'number.yaml', foreground: '9a5b00' },
      { token: 'comment.yaml', foreground: '7a828f', fontStyle: 'italic' },
    ],
    colors: {
      'editor.background': '#ffffff',
      'editorLineNumber.foreground': '#aab0ba',
      'editorLineNumber.activeForeground': '#15181d',
      'editor.lineHighlightBorder': '#00000000',
      'editor.lineHighlightBackground': '#f7f8f9',
    },
  })
  monaco.editor.defineTheme(themeNames.dark, {
    base: 'vs-dark',
    inherit: true,
    rules: [
      { token: 'type.yaml', foreground: '7dd3ee' },
      { token: 'string.yaml', foreground: 'd5d9df' },
      { token: 'keyword.yaml', foreground: 'b79bf5' },
      { token: 'number.yaml', foreground: 'e6b25a' },
      { token: 'comment.yaml', foreground: '858c99', fontStyle: 'italic' },
    ],
    colors: {
      'editor.background': '#0c0d10',
      'editorLineNumber.foreground': '#545b68',
      'editorLineNumber.activeForeground': '#eceef1',
      'editor.lineHighlightBorder': '#00000000',
      'editor.lineHighlightBackground': '#15171b',
      'editorWidget.background': '#15171b',
      'editorSuggestWidget.background': '#15171b',
      'editorHoverWidget.background': '#15171b',
    },
  })
}
