import type { Json } from '../json'
import type { FilterTag, For, If, Macro, Node, NodeKind, Template } from './ast'
import { Complaint } from './errors'
import { applyFilter, evaluate, toBoolean } from './evaluate'
import { isFloat } from './is-float'
import { type Output, StringOutput } from './output'
import { parse } from './parse'
import { newLocals, placed, type Run, setVariable, type Templates, visibleScope } from './run'
import type { CallArguments } from './types'
import { entriesOf, isJsonObject, typeName } from './values'

type Renderers = { [Kind in NodeKind]: (run: Run, node: Extract<Node, { kind: Kind }>, output: Output) => void }

const renderers: Renderers = {
  text: (_run, node, output) => output.text(node.value),
  print: (run, node, output) => output.print(evaluate(run, node.expression), isFloat(node.expression)),
  if: renderIf,
  for: renderFor,
  set: (run, node) => setVariable(run, node.name, evaluate(run, node.value)),
  block: (run, node, output) => renderBody(run, node.body, output),
  filterTag: renderFilterTag,
  macro: () => undefined,
}

const templates: Templates = { callMacro, renderBlock, renderNested }

/** Renders a whole template into `output`. */
export function renderTemplate(
  template: Template,
  context: Pick<Run, 'scope' | 'env' | 'budget'>,
  output: Output,
): void {
  renderBody({ ...context, templates, template, isMacro: false, locals: newLocals() }, template.body, output)
}

/** Renders nodes one after the other into `output`. */
function renderBody(run: Run, nodes: Node[], output: Output): void {
  for (const node of nodes) {
    try {
      run.budget.enter()
      run.budget.spend(1)
      const renderer = renderers[node.kind] as (run: Run, node: Node, output: Output) => void
      renderer(run, node, output)
      run.budget.leave()
    } catch (error) {
      throw placed(run, node.kind === 'text' ? start : node.at, error)
    }
  }
}

const start = { offset: 0, line: 1, column: 1 }

/** A loop has names of its own; `if`, `block` and `filter` share those around them. */
function inner(run: Run): Run {
  return { ...run, locals: newLocals(run.locals) }
}

function renderIf(run: Run, node: If, output: Output): void {
  const branch = node.branches.find(({ test }) => toBoolean(evaluate(run, test)))
  renderBody(run, branch ? branch.body : node.otherwise, output)
}

function renderFor(run: Run, node: For, output: Output): void {
  const iterable = evaluate(run, node.iterable)
  if (iterable === null) return
  const items = itemsOf(iterable)
  run.budget.items(items.length)
  if (items.length === 0) renderBody(run, node.otherwise, output)
  const loop = inner(run)
  for (const [index, item] of items.entries()) {
    loop.locals.values.set(node.name, item)
    loop.locals.values.set('loop', {
      index,
      length: items.length,
      first: index === 0,
      last: index === items.length - 1,
      revindex: items.length - index - 1,
    })
    renderBody(loop, node.body, output)
  }
}

/** A map is walked as entries with `key` and `value`. */
function itemsOf(value: Json): Json[] {
  if (Array.isArray(value)) return value
  if (isJsonObject(value)) return entriesOf(value).map(([key, item]) => ({ key, value: item }))
  throw new Complaint(`A loop goes over a list or a map, not over a ${typeName(value)}`)
}

function renderFilterTag(run: Run, node: FilterTag, output: Output): void {
  const body = captured(run, node.body)
  const value = node.filters.reduce<Json>((input, filter) => applyFilter(run, filter, input), body)
  output.print(value, false)
}

function captured(run: Run, nodes: Node[]): string {
  const output = new StringOutput(run.budget)
  renderBody(run, nodes, output)
  return output.value ?? ''
}

/** A macro sees its parameters and nothing else of the variables. */
function callMacro(run: Run, macro: Macro, args: CallArguments): Json {
  const { parameters } = macro
  if (args.positional.length > parameters.length) {
    throw new Complaint(
      `The macro \`${macro.name}\` takes ${parameters.length} arguments, got ${args.positional.length}`,
    )
  }
  const isolated: Run = { ...run, isMacro: true, locals: newLocals() }
  for (const [index, { name, fallback }] of parameters.entries()) {
    const given = args.positional[index] ?? args.named[name]
    isolated.locals.values.set(name, given ?? (fallback ? evaluate(run, fallback) : null))
  }
  return captured(isolated, macro.body)
}

/** `block('name')`: the block's text once more. */
function renderBlock(run: Run, args: CallArguments): Json {
  const name = args.positional[0] ?? args.named.name
  const block = typeof name === 'string' ? run.template.blocks.get(name) : undefined
  if (!block) throw new Complaint(`Block [${String(name)}] does not exist`)
  return captured(run, block.body)
}

const charactersParsedPerStep = 8

/** A template within a template, as `render()` gives it: same variables, same budget. */
function renderNested(run: Run, source: string): string | null {
  if (!source.includes('{')) return source
  run.budget.spend(source.length / charactersParsedPerStep)
  const output = new StringOutput(run.budget)
  renderTemplate(parse(source), { ...run, scope: visibleScope(run) }, output)
  return output.value
}
