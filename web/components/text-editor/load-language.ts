import { monaco } from '#web/components/flow-editor/monaco'
import type { Language } from './language-of'

/** Only how a text is coloured: small, and each loaded when a file of it is first opened. YAML is there already. */
const loaders: Record<Exclude<Language, 'yaml'>, () => Promise<unknown>> = {
  python: () => import('monaco-editor/esm/vs/basic-languages/python/python.js'),
  sql: () => import('monaco-editor/esm/vs/basic-languages/sql/sql.js'),
  shell: () => import('monaco-editor/esm/vs/basic-languages/shell/shell.js'),
  javascript: () => import('monaco-editor/esm/vs/basic-languages/javascript/javascript.js'),
  json: () => import('monaco-editor/esm/vs/basic-languages/javascript/javascript.js'),
  markdown: () => import('monaco-editor/esm/vs/basic-languages/markdown/markdown.js'),
}

type Loaded = {
  conf: Parameters<typeof monaco.languages.setLanguageConfiguration>[1]
  language: Parameters<typeof monaco.languages.setMonarchTokensProvider>[1]
}

const known = new Set<string>(['yaml'])

/** Makes the editor know a language. */
export async function loadLanguage(id: Language): Promise<void> {
  if (id === 'yaml' || known.has(id)) return
  const { conf, language } = (await loaders[id]()) as Loaded
  if (known.has(id)) return
  known.add(id)
  monaco.languages.register({ id })
  monaco.languages.setMonarchTokensProvider(id, language)
  monaco.languages.setLanguageConfiguration(id, conf)
}
