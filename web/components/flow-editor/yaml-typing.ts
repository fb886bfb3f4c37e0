type Monaco = typeof import('monaco-editor/esm/vs/editor/editor.api')

/** What Enter does: below `key:` one goes in, below `- key: value` one stays beside the key. */
export function configureTyping(monaco: Monaco): void {
  const { Indent, None } = monaco.languages.IndentAction
  monaco.languages.setLanguageConfiguration('yaml', {
    onEnterRules: [
      { beforeText: /^\s*-\s+[^#]*:\s*([|>][+-]?)?$/, action: { indentAction: Indent, appendText: '  ' } },
      { beforeText: /:\s*([|>][+-]?)?$/, action: { indentAction: Indent } },
      { beforeText: /^\s*-\s+[\w.-]+:\s+\S.*$/, action: { indentAction: None, appendText: '  ' } },
    ],
  })
}
