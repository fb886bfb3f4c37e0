import { conf, language } from 'monaco-editor/esm/vs/basic-languages/yaml/yaml.js'

type Monaco = typeof import('monaco-editor/esm/vs/editor/editor.api')

/** Registers YAML: the editor's own colours, and what Enter does below `key:` (go in) and `- key: value` (stay beside). */
export function registerYaml(monaco: Monaco): void {
  const { Indent, None } = monaco.languages.IndentAction
  monaco.languages.register({ id: 'yaml', extensions: ['.yaml', '.yml'], aliases: ['YAML'] })
  monaco.languages.setMonarchTokensProvider('yaml', language)
  monaco.languages.setLanguageConfiguration('yaml', {
    ...conf,
    onEnterRules: [
      { beforeText: /^\s*-\s+[^#]*:\s*([|>][+-]?)?$/, action: { indentAction: Indent, appendText: '  ' } },
      { beforeText: /:\s*([|>][+-]?)?$/, action: { indentAction: Indent } },
      { beforeText: /^\s*-\s+[\w.-]+:\s+\S.*$/, action: { indentAction: None, appendText: '  ' } },
    ],
  })
}
