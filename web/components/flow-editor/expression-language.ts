import type * as Monaco from 'monaco-editor/esm/vs/editor/editor.api'
import type { CompletionItem, ItemKind } from '#language/complete/items'
import { namesFor } from './use-expression-names'

type Monacos = typeof Monaco

/** What opens the list while one types: braces, a dot, a filter's bar, a key's bracket and quote, a call. */
const triggerCharacters = ['{', '%', '.', '|', '[', '(', "'", '"', ' ']

/** Completion and hover within `{{ }}` of a flow; outside of them the YAML's own say all. */
export function registerExpressions(monaco: Monacos): void {
  monaco.languages.registerCompletionItemProvider('yaml', {
    triggerCharacters,
    async provideCompletionItems(model, position, context) {
      const offset = model.getOffsetAt(position)
      const text = model.getValue()
      if (!mayHoldExpression(text, offset)) return { suggestions: [] }
      const { completeExpression, catalog } = await loadLanguage()
      const found = model.isDisposed() ? null : completeExpression(text, offset, catalog)
      // A space opens the list only where a name is sure to follow: behind `{{`, `|` and `is`.
      if (found === null || (context.triggerCharacter === ' ' && !opensList(text, offset))) return { suggestions: [] }
      const rangeFrom = (start: number) => rangeOf(monaco, model, start, found.end)
      const names = found.names === undefined ? [] : await namesFor(found.names, text)
      const named = names.map((name): CompletionItem => asItem(name, found.names!))
      return {
        suggestions: [...named, ...found.items].map((item, index) => {
          const range = rangeFrom(item.start ?? found.start)
          return toSuggestion(monaco, { item, range, index, typed: model.getValueInRange(range) })
        }),
      }
    },
  })
  monaco.languages.registerHoverProvider('yaml', {
    async provideHover(model, position) {
      const offset = model.getOffsetAt(position)
      const text = model.getValue()
      if (!mayHoldExpression(text, offset)) return null
      const { hoverExpression, catalog } = await loadLanguage()
      const found = model.isDisposed() ? null : hoverExpression(text, offset, catalog)
      if (found === null) return null
      return {
        range: rangeOf(monaco, model, found.start, found.end),
        contents: [{ value: found.documentation }],
      }
    },
  })
}

/** How far back the opening braces are looked for before the language is loaded. */
const reach = 10_000

function mayHoldExpression(text: string, offset: number): boolean {
  return /\{[{%]/.test(text.slice(Math.max(0, offset - reach), offset))
}

function opensList(text: string, offset: number): boolean {
  return /(\{\{-?|\{%-?|\||\bis|\bnot|\bin)\s$/.test(text.slice(Math.max(0, offset - 10), offset))
}

/** The catalog is heavy: it comes when an expression is first written. */
async function loadLanguage() {
  const [{ completeExpression }, { hoverExpression }, { catalog }] = await Promise.all([
    import('#language/complete/complete-expression'),
    import('#language/complete/hover-expression'),
    import('#catalog/manifests'),
  ])
  return { completeExpression, hoverExpression, catalog }
}

function rangeOf(monaco: Monacos, model: Monaco.editor.ITextModel, start: number, end: number): Monaco.Range {
  return monaco.Range.fromPositions(model.getPositionAt(start), model.getPositionAt(end))
}

function asItem(name: string, kind: 'secret' | 'kv'): CompletionItem {
  return { label: name, kind, detail: kind === 'kv' ? 'key' : 'secret', documentation: '', insert: name }
}

type Suggested = { item: CompletionItem; range: Monaco.Range; index: number; typed: string }

function toSuggestion(monaco: Monacos, { item, range, index, typed }: Suggested): Monaco.languages.CompletionItem {
  const { label, kind, detail, documentation, insert, cursor } = item
  const isSnippet = cursor !== undefined
  return {
    label: { label, description: detail },
    kind: monaco.languages.CompletionItemKind[kinds[kind]],
    documentation: { value: documentation },
    insertText: isSnippet
      ? `${escapeSnippet(insert.slice(0, cursor))}$0${escapeSnippet(insert.slice(cursor))}`
      : insert,
    ...(isSnippet ? { insertTextRules: monaco.languages.CompletionItemInsertTextRule.InsertAsSnippet } : {}),
    // Monaco compares with all that is replaced, so what is replaced besides a word must be there, too.
    filterText: item.start === undefined ? label : `${typed.slice(0, 1)}${label}`,
    sortText: String(index).padStart(4, '0'),
    range,
  }
}

const kinds = {
  input: 'Variable',
  variable: 'Variable',
  output: 'Field',
  function: 'Function',
  filter: 'Method',
  test: 'Operator',
  argument: 'Property',
  keyword: 'Keyword',
  secret: 'Constant',
  kv: 'Constant',
} as const satisfies Record<ItemKind, keyof typeof Monaco.languages.CompletionItemKind>

function escapeSnippet(text: string): string {
  return text.replace(/[\\$}]/g, '\\$&')
}
