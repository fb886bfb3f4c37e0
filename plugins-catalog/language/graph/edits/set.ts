import { isMap, isScalar, isSeq } from 'yaml'
import type { Path } from '../../check/problem'
import { isJsonObject, type Json } from '../../json'
import { valueAt } from '../../paths'
import { isEqual } from '../equal'
import { placeProblem } from '../places'
import { rankOf } from '../rank'
import { write } from '../write/block'
import type { Page } from '../write/page'
import { rewriteScalar } from '../write/rewrite-scalar'
import { inlineText } from '../write/scalar'
import { addProperty, insertItem, removeValue, replaceValue } from '../write/values'
import { type Context, type Plan, type Step, withSet, writtenItem } from './context'

/** Sets a value; of a map or list only what differs is written anew. */
export function planSet(context: Context, path: Path, value: Json): Plan | string {
  const { flow, page } = context
  if (path.length === 0) return 'a flow can’t be replaced as a whole'
  const problem = placeProblem(flow, path)
  if (problem !== undefined) return problem
  return { steps: stepsTo(context, page, path, value), expected: withSet(flow, path, value) }
}

function stepsTo(context: Context, page: Page, path: Path, value: Json): Step[] {
  const { flow, catalog } = context
  const old = valueAt(flow, path)
  if (old === undefined) return [now => addProperty(now, path, write(value, now.style), rankOf(flow, catalog))]
  if (isEqual(old, value)) return []
  const node = page.flow.node(path)
  const isBlock = (isMap(node) || isSeq(node)) && !node.flow && node.items.length > 0
  if (isBlock && isJsonObject(old) && isJsonObject(value) && Object.keys(value).length > 0) {
    return mapSteps(context, page, path, old, value)
  }
  if (isBlock && Array.isArray(old) && Array.isArray(value) && value.length > 0)
    return listSteps(context, page, path, old, value)
  return [now => replaceWhole(now, path, value)]
}

function replaceWhole(page: Page, path: Path, value: Json) {
  const node = page.flow.node(path)
  const isCollection = typeof value === 'object' && value !== null && Object.keys(value).length > 0
  if ((isMap(node) || isSeq(node)) && node.flow && node.items.length > 0 && isCollection) {
    return [{ start: node.range![0], end: node.range![1], text: inlineText(value) }]
  }
  const inPlace = isScalar(node) && typeof value === 'string' ? rewriteScalar(page, path, node, value) : null
  return inPlace ?? replaceValue(page, path, write(value, page.style))
}

function mapSteps(context: Context, page: Page, path: Path, old: Json, value: { [name: string]: Json }): Step[] {
  const gone = Object.keys(old as object).filter(name => !Object.hasOwn(value, name))
  const kept = Object.entries(value).flatMap(([name, child]) => stepsTo(context, page, [...path, name], child))
  // What goes goes last: a map is never empty in between.
  return [
    ...kept,
    ...gone.map(
      (name): Step =>
        now =>
          removeValue(now, [...path, name]),
    ),
  ]
}

/** Items that are the same at both ends stay; between them each takes the place of one. */
function listSteps(context: Context, page: Page, path: Path, old: Json[], value: Json[]): Step[] {
  let start = 0
  while (start < Math.min(old.length, value.length) && isEqual(old[start]!, value[start]!)) start++
  let tail = 0
  const most = Math.min(old.length, value.length) - start
  while (tail < most && isEqual(old[old.length - 1 - tail]!, value[value.length - 1 - tail]!)) tail++
  const before = old.length - tail
  const after = value.length - tail
  const same = Math.min(before, after)
  const steps: Step[] = []
  for (let index = start; index < same; index++) steps.push(...stepsTo(context, page, [...path, index], value[index]!))
  for (let index = before - 1; index >= same; index--) steps.push(now => removeValue(now, [...path, index]))
  for (let index = same; index < after; index++) {
    steps.push(now => insertItem(now, path, index, writtenItem(value[index]!, now), () => undefined))
  }
  return steps
}
