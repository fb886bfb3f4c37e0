import { type Catalogue, type CatalogueEntry, catalogue } from '../expressions/catalogue'
import { filters } from '../expressions/filters'
import { functions } from '../expressions/functions'
import type { CompletionItem, ItemKind } from './items'

let known: Catalogue | undefined

function all(): Catalogue {
  known ??= catalogue()
  return known
}

const lists = { function: 'functions', filter: 'filters', test: 'tests' } as const

export function callableItems(kind: keyof typeof lists): CompletionItem[] {
  return all()[lists[kind]].map(entry => callableItem(entry, kind))
}

function callableItem(entry: CatalogueEntry, kind: ItemKind): CompletionItem {
  const { name, signature } = entry
  const takes = signature.slice(name.length + 1, -1)
  const insert = signature === name ? name : `${name}()`
  return {
    label: name,
    kind,
    detail: signature,
    documentation: documentationOf(entry),
    insert,
    ...(takes === '' ? {} : { cursor: insert.length - 1 }),
  }
}

/** What a function, filter or test does, with an example. */
export function documentCallable(kind: keyof typeof lists, name: string): string | undefined {
  const entry = all()[lists[kind]].find(found => found.name === name)
  return entry && `\`${entry.signature}\`\n\n${documentationOf(entry)}`
}

function documentationOf({ description, example }: CatalogueEntry): string {
  const [written, gives] = example.split(' -> ')
  const comment = gives === undefined ? '' : `\n\ngives \`${gives}\``
  return `${description}\n\n\`\`\`twig\n${written}\n\`\`\`${comment}`
}

/** The arguments of a function or filter by their names. */
export function argumentItems(name: string, isFilter: boolean): CompletionItem[] {
  const parameters = (isFilter ? filters : functions).get(name)?.parameters ?? []
  return parameters
    .filter(parameter => !parameter.startsWith('...'))
    .map(parameter => {
      const label = parameter.replace('?', '')
      const detail = parameter.endsWith('?') ? 'may be left out' : 'needed'
      return {
        label: `${label}=`,
        kind: 'argument',
        detail,
        documentation: `An argument of \`${name}\`.`,
        insert: `${label}=`,
      }
    })
}

const operators: readonly (readonly [word: string, description: string])[] = [
  ['and', 'Both hold.'],
  ['or', 'One of the two holds.'],
  ['is', 'Asks a test: `x is defined`.'],
  ['is not', 'Asks whether a test fails: `x is not empty`.'],
  ['contains', 'Whether a list, map or text holds a value.'],
  ['in', 'Whether a value is one of a list.'],
  ['not in', 'Whether a value is none of a list.'],
]

const tags: readonly (readonly [word: string, description: string])[] = [
  ['if', '`{% if condition %} ... {% endif %}`'],
  ['elseif', 'Another condition of an `if`.'],
  ['else', 'What is left, of an `if` or of an empty `for`.'],
  ['endif', 'Ends an `if`.'],
  ['for', '`{% for item in list %} ... {% endfor %}`'],
  ['endfor', 'Ends a `for`.'],
  ['set', '`{% set name = value %}`'],
  ['filter', '`{% filter upper %} ... {% endfilter %}`'],
  ['endfilter', 'Ends a `filter`.'],
  ['macro', '`{% macro name(argument) %} ... {% endmacro %}`'],
  ['endmacro', 'Ends a `macro`.'],
  ['raw', 'What follows up to `{% endraw %}` stays as it is.'],
  ['endraw', 'Ends a `raw`.'],
]

const values: readonly (readonly [word: string, description: string])[] = [
  ['true', 'Yes.'],
  ['false', 'No.'],
  ['null', 'Nothing.'],
  ['not', 'The opposite.'],
]

const words = { operators, tags, values }

export function keywordItems(which: keyof typeof words): CompletionItem[] {
  return words[which].map(([label, documentation]) => ({
    label,
    kind: 'keyword',
    detail: '',
    documentation,
    insert: label,
  }))
}
