export const languages = ['yaml', 'python', 'sql', 'shell', 'javascript', 'json', 'markdown'] as const
export type Language = (typeof languages)[number]

const endings: Record<string, Language> = {
  yaml: 'yaml',
  yml: 'yaml',
  py: 'python',
  sql: 'sql',
  sh: 'shell',
  bash: 'shell',
  zsh: 'shell',
  js: 'javascript',
  mjs: 'javascript',
  cjs: 'javascript',
  jsx: 'javascript',
  ts: 'javascript',
  tsx: 'javascript',
  json: 'json',
  jsonl: 'json',
  ipynb: 'json',
  md: 'markdown',
  markdown: 'markdown',
}

/** The language of a file by the ending of its name; undefined is plain text. */
export function languageOf(path: string): Language | undefined {
  const ending = /\.([^./]+)$/.exec(path)?.[1]?.toLowerCase() ?? ''
  return Object.hasOwn(endings, ending) ? endings[ending] : undefined
}
