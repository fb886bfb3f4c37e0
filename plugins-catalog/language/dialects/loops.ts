import { isJsonObject, type Json, type JsonObject } from '../json'
import type { Construct, Finding } from './construct'
import { type Edit, type FlowText, together } from './flow-text'
import { readerWords, toNewEdits, toOldEdits, type WordEdits } from './loop-words'
import { kindOfType, type TaskSite, tasksIn, templatesIn } from './sites'
import { editTemplate, tokensOf } from './template-edits'

const core = 'io.kestra.plugin.core.flow'
const oldKinds = ['ForEach', 'EachSequential', 'EachParallel']
const loopKinds = [...oldKinds, 'ForEachItem', 'Loop']

/** ForEach and its older forms; Kestra 2 has Loop. */
export const loops: Construct = {
  name: 'loop',
  message: 'Kestra 2 has no ForEach; it says Loop, whose tasks read item.value',
  toNew: flow => [
    ...loopFindings(flow, oldKinds, toLoop),
    ...tasksIn(flow)
      .filter(({ type }) => kindOfType(type) === 'ForEachItem')
      .map(site => ({
        path: [...site.path, 'type'],
        change: () => 'its subflow takes batches; a Loop takes lines: write a Loop that holds a Subflow',
      })),
  ],
  toOld: flow => loopFindings(flow, ['Loop'], toForEach),
}

type Rewrite = (text: FlowText, site: TaskSite, sites: TaskSite[]) => Edit[] | string

function loopFindings(flow: JsonObject, kinds: string[], rewrite: Rewrite): Finding[] {
  const sites = tasksIn(flow)
  return sites
    .filter(({ type }) => kinds.includes(kindOfType(type)))
    .map(site => ({
      path: [...site.path, 'type'],
      change: text => commonReason(text, site, sites) ?? rewrite(text, site, sites),
    }))
}

/** What keeps a loop from being rewritten in either direction. */
function commonReason(text: FlowText, site: TaskSite, sites: TaskSite[]): string | undefined {
  const inside = sites.filter(({ holders }) => holders.some(holder => holder.site === site))
  const isNested = [...site.holders.map(holder => holder.site), ...inside].some(({ type }) =>
    loopKinds.includes(kindOfType(type)),
  )
  if (isNested) return 'it is a loop in a loop, or holds one'
  const values = distinctness(site.task.values ?? site.task.value)
  if (values !== undefined) return values
  const ids = new Set([site, ...inside.filter(isOfMainBranch(site))].map(({ task }) => String(task.id)))
  const outside = templatesIn(text.flow).filter(({ path }) => !isBelow(path, [...site.path, 'tasks']))
  const reader = outside.find(({ text: template }) => readerWords(tokensOf(template), ids))
  return reader === undefined
    ? undefined
    : 'outputs of its tasks are read outside of it; Loop hands out declared outputs only'
}

function isOfMainBranch(loop: TaskSite) {
  return ({ holders }: TaskSite) => holders.some(({ site, branch }) => site === loop && branch === 'tasks')
}

function isBelow(path: readonly unknown[], holder: readonly unknown[]): boolean {
  return holder.every((part, index) => path[index] === part)
}

/** ForEach drops equal values, Loop doesn't: only where they are written out can be told that it's the same. */
function distinctness(values: Json | undefined): string | undefined {
  const list = typeof values === 'string' && values.trimStart().startsWith('[') ? parsed(values) : values
  if (isJsonObject(list)) return 'its values are a map, which ForEach does not take'
  if (!Array.isArray(list)) return 'its values are known only when it runs: ForEach drops equal ones, Loop keeps them'
  const texts = list.map(item => (typeof item === 'object' ? JSON.stringify(item) : String(item)))
  if (list.includes(null) || texts.some(value => value.includes('{{')))
    return 'its values are known only when it runs: ForEach drops equal ones, Loop keeps them'
  return new Set(texts).size === texts.length ? undefined : 'it has equal values, which ForEach drops and Loop keeps'
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json
  } catch {
    return undefined
  }
}

function toLoop(text: FlowText, site: TaskSite, sites: TaskSite[]): Edit[] | string {
  const kind = kindOfType(site.type)
  const path = (name: string) => [...site.path, name]
  const edits = [text.replaceWord(path('type'), `${core}.Loop`), wordEdits(text, site, sites, toNewEdits)]
  if (kind === 'ForEach') return together(...edits)
  edits.push(text.renameKey(path('value'), 'values'))
  if (kind === 'EachSequential') return together(...edits)
  if (Array.isArray(site.task.tasks) && site.task.tasks.length > 1)
    return 'EachParallel runs the tasks of one value at once; put them into a Parallel inside the Loop'
  edits.push(
    site.task.concurrent === undefined
      ? text.insertAfter(path('value'), 'concurrencyLimit: 0')
      : text.renameKey(path('concurrent'), 'concurrencyLimit'),
  )
  return together(...edits)
}

const onlyInLoop = ['outputs', 'transmitFailed', 'fetchType']

function toForEach(text: FlowText, site: TaskSite, sites: TaskSite[]): Edit[] | string {
  const own = onlyInLoop.find(name => site.task[name] !== undefined)
  if (own !== undefined) return `ForEach has no "${own}"`
  return together(text.replaceWord([...site.path, 'type'], `${core}.ForEach`), wordEdits(text, site, sites, toOldEdits))
}

/** Edits of the expressions of all tasks in a loop. */
function wordEdits(text: FlowText, loop: TaskSite, sites: TaskSite[], edit: WordEdits): Edit[] | string {
  const inside = sites.filter(isOfMainBranch(loop))
  const ids = new Set(inside.map(({ task }) => String(task.id)))
  const parts = templatesIn(loop.task.tasks, [...loop.path, 'tasks']).map(({ text: template, path }) => {
    const reader = inside.findLast(site => isBelow(path, site.path))
    const depth = reader?.holders.findIndex(({ site }) => site === loop) ?? 0
    const edits = edit(tokensOf(template), { depth, ids })
    return typeof edits === 'string' ? edits : editTemplate(text, path, template, edits)
  })
  return together(...parts)
}
