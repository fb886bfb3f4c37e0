import { isScalar } from 'yaml'
import type { Path } from '../../check/problem'
import { chainAt, isPunctuation } from '../../dialects/chains'
import { editTemplate, tokensOf } from '../../dialects/template-edits'
import type { Token } from '../../expressions/lexer'
import { isTemplate } from '../../fields'
import { isJsonObject, type Json, type JsonObject } from '../../json'
import { valueAt } from '../../paths'
import type { TextEdit } from '../edit'
import type { Page } from '../write/page'
import { rewriteScalar } from '../write/rewrite-scalar'
import { applyEdits } from '../write/text-lines'

/** Everything in a flow that a new name touches. */
export type Renaming = {
  /** Texts that are the name. */
  words: { path: Path; to: string }[]
  /** Properties that are the name. */
  keys: { path: Path; to: string }[]
  /** What expressions read: `from` behind the keys of `prefix`. */
  reads: { prefix: string[]; from: string; to: string }[]
  /** Where expressions are about another flow. */
  isForeign(path: Path): boolean
}

export function renameInText(page: Page, renaming: Renaming): TextEdit[] | string {
  const flow = page.flow.flow
  const parts = [
    ...renaming.words.map(({ path, to }) => renameWord(page, path, to)),
    ...renaming.keys.map(({ path, to }) => page.flow.renameKey(path, to)),
    ...templatesOf(flow, renaming).map(({ path, text }) =>
      editTemplate(page.flow, path, text, readEdits(text, renaming, quoteIn(page, path))),
    ),
  ]
  const reason = parts.find(part => typeof part === 'string')
  return reason ?? (parts as TextEdit[][]).flat()
}

function renameWord(page: Page, path: Path, to: string): TextEdit[] | string {
  const node = page.flow.node(path)
  const edits = isScalar(node) && node.range ? rewriteScalar(page, path, node, to) : null
  return edits ?? 'it comes from an anchor or a merge'
}

/** The quote that doesn't end the YAML text around an expression. */
function quoteIn(page: Page, path: Path): '"' | "'" {
  return page.flow.sourceOf(path)?.source[0] === "'" ? '"' : "'"
}

export function renameInValue(flow: JsonObject, renaming: Renaming): JsonObject {
  const copy = structuredClone(flow)
  const set = (path: Path, value: Json) => {
    const holder = valueAt(copy, path.slice(0, -1)) as { [key: string | number]: Json }
    holder[path.at(-1)!] = value
  }
  for (const { path, text } of templatesOf(flow, renaming)) set(path, applyEdits(text, readEdits(text, renaming, "'")))
  for (const { path, to } of renaming.words) set(path, to)
  for (const { path, to } of renaming.keys) {
    const holder = valueAt(copy, path.slice(0, -1)) as JsonObject
    const name = String(path.at(-1))
    holder[to] = holder[name]!
    delete holder[name]
  }
  return copy
}

function templatesOf(flow: JsonObject, { isForeign }: Renaming): { path: Path; text: string }[] {
  const found: { path: Path; text: string }[] = []
  const walk = (value: Json, path: Path) => {
    if (isForeign(path)) return
    if (isTemplate(value)) found.push({ path, text: value })
    else if (Array.isArray(value)) for (const [index, item] of value.entries()) walk(item, [...path, index])
    else if (isJsonObject(value)) for (const [name, child] of Object.entries(value)) walk(child, [...path, name])
  }
  walk(flow, [])
  return found
}

function readEdits(template: string, { reads }: Renaming, quote: '"' | "'"): TextEdit[] {
  if (!reads.some(({ from }) => template.includes(from))) return []
  const tokens = tokensOf(template)
  return tokens.flatMap((_, index) => {
    const chain = chainAt(tokens, index)
    const read =
      chain && reads.find(({ prefix, from }) => [...prefix, from].every((key, depth) => chain.keys[depth] === key))
    return chain === undefined || read === undefined
      ? []
      : renameKey(template, tokens, chain.at[read.prefix.length]!, read.to, quote)
  })
}

function renameKey(
  template: string,
  tokens: readonly Token[],
  index: number,
  to: string,
  quote: '"' | "'",
): TextEdit[] {
  const token = tokens[index]!
  const start = token.at.offset
  if (token.type === 'string') {
    const isPlain = template.slice(start + 1, start + 1 + token.value.length) === token.value
    return isPlain ? [{ start: start + 1, end: start + 1 + token.value.length, text: to }] : []
  }
  const end = start + token.value.length
  if (/^[\p{L}_][\p{L}\p{Nd}_]*$/u.test(to)) return [{ start, end, text: to }]
  const dot = tokens[index - 1]
  const from = isPunctuation(dot, '.') ? dot!.at.offset : start
  return [{ start: from, end, text: `[${quote}${to}${quote}]` }]
}
