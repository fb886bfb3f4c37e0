import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { catalog } from '#catalog/manifests'
import type { Path } from '../check/problem'
import { isJsonObject, type Json, type JsonObject } from '../json'
import { readYaml } from '../yaml/read-yaml'
import type { FlowEdit } from './edit'
import { editFlow } from './edit-flow'
import { isEqual } from './equal'
import { itemPathOf } from './places'
import { readTopology } from './read-topology'
import { handwritings, sample, seeded } from './testing'
import type { Branch, TaskNode, Topology } from './topology'
import { openPage } from './write/page'
import { plainText, quoted } from './write/scalar'
import { applyEdits } from './write/text-lines'

const folders = ['../../blueprints/', '../../../test/conformance/flows/'].map(name => new URL(name, import.meta.url))

/** An example is a flow, or one task. */
function asFlow(yaml: string): string {
  const isFlow = /^namespace:/m.test(yaml) && /^tasks:/m.test(yaml)
  const task = yaml.trimEnd().split('\n').join('\n    ')
  return isFlow ? yaml : `id: example\nnamespace: company.team\ntasks:\n  - ${task}\n`
}

/** Every blueprint, flow of the conformance suite and example of a plugin that reads as YAML. */
function corpus(): { name: string; text: string }[] {
  const files = folders.flatMap(folder =>
    readdirSync(folder)
      .filter(file => file.endsWith('.yaml'))
      .flatMap(file =>
        readFileSync(new URL(file, folder), 'utf8')
          .split(/^---\n/m)
          .map((text, index) => ({ name: `${file} ${index}`, text })),
      ),
  )
  const examples = catalog
    .all()
    .flatMap(({ type, examples }) =>
      examples.map(({ title, yaml }) => ({ name: `${type}: ${title}`, text: asFlow(yaml) })),
    )
  return [...files, ...examples].filter(
    ({ text }) => /^tasks:/m.test(text) && !readYaml(text).diagnostics.some(({ severity }) => severity === 'error'),
  )
}

/** Edits of a kind that are tried of each flow: one, chosen anew for each, or with EVERY_EDIT=1 all there are (some minutes). */
const isThorough = process.env.EVERY_EDIT === '1'
const most = isThorough ? Number.POSITIVE_INFINITY : 1
const flows = corpus()

type Subject = { text: string; flow: JsonObject; topology: Topology; branches: Branch[]; tasks: TaskNode[] }
type Case = {
  edit: FlowEdit
  /** The flow as it must read; on plain data. */
  reads?: Json
  /** Must lead back to the same bytes. */
  inverse?: FlowEdit
  /** Names of lines, from 1, that may differ; any where absent. */
  lines?: [from: number, to: number]
}

function subjectOf(text: string): Subject {
  const topology = readTopology(text, catalog)!
  const branches = topology.branches.flatMap(withInner)
  return { text, flow: flowOf(text), topology, branches, tasks: branches.flatMap(({ tasks }) => tasks) }
}

function withInner(branch: Branch): Branch[] {
  return [branch, ...branch.tasks.flatMap(task => task.branches.flatMap(withInner))]
}

function flowOf(text: string): JsonObject {
  return readYaml(text).value as JsonObject
}

/** A copy on which something is done. */
function edited(flow: JsonObject, change: (copy: JsonObject) => void): JsonObject {
  const copy = structuredClone(flow)
  change(copy)
  return copy
}

function at(flow: Json, path: Path): Json {
  return path.reduce<Json>((value, part) => (value as { [key: string | number]: Json })[part]!, flow)
}

function tryCase(text: string, { edit, reads, inverse, lines }: Case): string[] {
  const result = editFlow(text, edit, catalog)
  const shown = JSON.stringify(edit)
  if ('problem' in result && result.problem.includes('takes none')) return []
  if ('problem' in result) return [`${shown}: ${result.problem}`]
  const wrong: string[] = []
  if (applyEdits(text, result.edits) !== result.text) wrong.push(`${shown}: the edits make another text`)
  if (reads !== undefined && !isEqual(flowOf(result.text), reads)) wrong.push(`${shown}: reads as another flow`)
  const line = (offset: number) => text.slice(0, offset).split('\n').length
  const isWithin =
    lines === undefined || result.edits.every(({ start, end }) => line(start) >= lines[0] && line(end) <= lines[1] + 1)
  if (!isWithin) wrong.push(`${shown}: changes other lines than ${lines}`)
  if (edit.kind === 'remove' && result.edits.some(({ text: come }) => come !== ''))
    wrong.push(`${shown}: writes something`)
  if (inverse === undefined) return wrong
  const back = editFlow(result.text, inverse, catalog)
  const isSame =
    'text' in back && (isCross(edit) ? withoutBlanks(back.text) === withoutBlanks(text) : back.text === text)
  return isSame
    ? wrong
    : [...wrong, `${shown}: ${JSON.stringify(inverse)} doesn't lead back\n${'text' in back ? back.text : back.problem}`]
}

/** A list of one item says nothing of the blank lines between its items: what comes back to it has none around. */
function isCross(edit: FlowEdit): boolean {
  return edit.kind === 'move' && JSON.stringify(itemPathOf(edit.path).slice(0, -1)) !== JSON.stringify(edit.at.list)
}

function withoutBlanks(text: string): string {
  return text.replace(/^[ \r]*\n/gm, '')
}

const added = { id: 'brand_new', type: 'io.kestra.plugin.core.log.Log', message: 'one\n\n  two: "x"\n', level: 'yes' }
const addedYaml =
  '# a new one\nid: brand_new\ntype: io.kestra.plugin.core.log.Log\nmessage: |\n  one\n\n    two: "x"\nlevel: "yes"\n'

function isOne({ property }: Branch): boolean {
  return property === 'onPause'
}

function indexOf({ itemPath }: TaskNode): number {
  return Number(itemPath.at(-1))
}

const kinds: { [kind: string]: (subject: Subject, pick: <T>(items: T[]) => T[]) => Case[] } = {
  insert: ({ flow, topology, branches }, pick) => {
    const triggers = {
      path: ['triggers'],
      isWritten: topology.triggers.length > 0,
      order: 'sequence',
      tasks: topology.triggers,
    }
    const lists = [...branches.filter(branch => !isOne(branch)), triggers]
    const spots = lists.flatMap(list =>
      Array.from({ length: list.tasks.length + 1 }, (_, index) => ({ ...list, index })),
    )
    return pick(spots).map(({ path, isWritten, order, index }): Case => {
      const reads = edited(flow, copy => {
        const holder = at(copy, path.slice(0, -1)) as JsonObject
        const list = Array.isArray(holder[path.at(-1)!]) ? (holder[path.at(-1)!] as Json[]) : []
        holder[path.at(-1)!] = list.toSpliced(index, 0, order === 'dag' ? { task: added } : added)
      })
      const inverse: FlowEdit = { kind: 'remove', path: [...path, index] }
      const edit: FlowEdit = { kind: 'insert', at: { list: path, index }, yaml: addedYaml }
      return isWritten || at(flow, path.slice(0, -1)) === undefined ? { edit, reads, inverse } : { edit, reads }
    })
  },
  remove: ({ flow, branches, topology }, pick) => {
    const items = [
      ...branches
        .filter(branch => !isOne(branch) && branch.tasks.length > 1)
        .flatMap(({ tasks, order }) => (order === 'dag' ? [] : tasks)),
      ...(topology.triggers.length > 1 ? topology.triggers : []),
    ]
    return pick(items).map(({ path }): Case => {
      const reads = edited(flow, copy => (at(copy, path.slice(0, -1)) as Json[]).splice(Number(path.at(-1)), 1))
      return { edit: { kind: 'remove', path }, reads }
    })
  },
  duplicate: ({ tasks, topology }, pick) =>
    pick([
      ...tasks.filter(task => Number.isInteger(indexOf(task))).map(task => task.itemPath),
      ...topology.triggers.map(({ path }) => path),
    ]).map(path => ({
      edit: { kind: 'duplicate', path },
      inverse: { kind: 'remove', path: path.with(-1, Number(path.at(-1)) + 1) },
    })),
  rename: ({ tasks, topology, flow }, pick) => {
    const inputs = (Array.isArray(flow.inputs) ? flow.inputs : []).flatMap((input, index) =>
      isJsonObject(input) && typeof input.id === 'string' ? [{ path: ['inputs', index], id: input.id }] : [],
    )
    const named = [...tasks, ...topology.triggers, ...inputs]
    const isUsualId = (id: string | undefined) => id !== undefined && !/[-.]|^\d|^(yes|no)$/.test(id)
    return pick(named.filter(({ id }) => isUsualId(id) && named.filter(other => other.id === id).length === 1)).map(
      ({ path, id }) => ({
        edit: { kind: 'rename', path, id: 'renamed_x' },
        inverse: { kind: 'rename', path, id: id! },
      }),
    )
  },
  move: ({ flow, branches }, pick) =>
    pick(
      branches
        .filter(branch => !isOne(branch) && branch.tasks.length > 1 && !waits(flow, branch))
        .flatMap(from => from.tasks.flatMap((task, index) => movesOf(branches, from, task, index))),
    ),
  set: ({ text, flow }, pick) =>
    pick(leavesOf(flow)).flatMap(([path, value]): Case[] => {
      const next =
        typeof value === 'string' ? `${value}x` : typeof value === 'number' ? value + 1 : value === null ? 'x' : !value
      const edit: FlowEdit = { kind: 'set', path, value: next }
      const reads = edited(flow, copy => {
        ;(at(copy, path.slice(0, -1)) as { [key: string | number]: Json })[path.at(-1)!] = next
      })
      const { source } = readYaml(text)
      const lines: [number, number] = [source.rangeOf(path, 'key').line, source.rangeOf(path).endLine]
      return [{ edit, reads, lines, ...(isUsual(text, path, value) ? { inverse: { kind: 'set', path, value } } : {}) }]
    }),
  add: ({ tasks, flow }, pick) =>
    pick(tasks).flatMap(({ path }): Case[] => {
      const isThere = Object.hasOwn(at(flow, path) as object, 'retry')
      const property = [...path, 'retry', 'type']
      const reads = edited(flow, copy => {
        ;(at(copy, path) as JsonObject).retry = { type: 'constant' }
      })
      const edit: FlowEdit = { kind: 'set', path: property, value: 'constant' }
      return isThere ? [] : [{ edit, reads, inverse: { kind: 'unset', path: property } }]
    }),
  unset: ({ flow, text }, pick) =>
    pick(
      leavesOf(flow).filter(
        ([path]) => typeof path.at(-1) === 'string' && Object.keys(at(flow, path.slice(0, -1)) as object).length > 1,
      ),
    ).map(([path]): Case => {
      const reads = edited(flow, copy => delete (at(copy, path.slice(0, -1)) as JsonObject)[path.at(-1)!])
      const { source } = readYaml(text)
      const { line } = source.rangeOf(path, 'key')
      const lines = text.split('\n')
      let first = line
      while (first > 1 && lines[first - 2]!.trim() === '') first--
      let end = source.rangeOf(path).endLine + 1
      while (end < lines.length && /^\s*(#.*)?$/.test(lines[end - 1]!)) end++
      return { edit: { kind: 'unset', path }, reads, lines: [Math.max(1, first - 1), end] }
    }),
  connect: ({ branches, topology }, pick) => {
    const dags = branches.filter(({ order, tasks }) => order === 'dag' && !hasBackward(topology, tasks))
    const pairs = dags.flatMap(({ tasks }) =>
      tasks.flatMap((task, index) => tasks.slice(0, index).map(before => ({ task, before }))),
    )
    return pick(pairs).map(({ task, before }): Case => {
      const isThere = topology.edges.some(
        ({ kind, from, to }) => kind === 'dependsOn' && from === before.key && to === task.key,
      )
      const edit = { path: task.itemPath, to: before.id ?? '' }
      return isThere
        ? { edit: { kind: 'disconnect', ...edit } }
        : { edit: { kind: 'connect', ...edit }, inverse: { kind: 'disconnect', ...edit } }
    })
  },
}

/** Whether a task of a Dag waits for one that is written after it. */
function hasBackward({ edges }: Topology, tasks: TaskNode[]): boolean {
  const place = new Map(tasks.map(({ key }, index) => [key, index]))
  return edges.some(({ kind, from, to }) => kind === 'dependsOn' && (place.get(from) ?? 0) > (place.get(to) ?? 0))
}

/** Whether tasks of a Dag wait for others: what moves out doesn't any longer. */
function waits(flow: JsonObject, { order, path }: Branch): boolean {
  return order === 'dag' && JSON.stringify(at(flow, path)).includes('"dependsOn"')
}

function movesOf(branches: Branch[], from: Branch, task: TaskNode, index: number): Case[] {
  const isInside = ({ path }: Branch) => task.itemPath.every((part, depth) => path[depth] === part)
  return branches
    .filter(to => !isOne(to) && !isInside(to))
    .flatMap(to =>
      Array.from({ length: to.tasks.length + 1 }, (_, place): Case => {
        const edit: FlowEdit = { kind: 'move', path: task.path, at: { list: to.path, index: place } }
        const isWithin = to === from
        const index2 = isWithin && place > index ? place - 1 : place
        const moved = [...shift(to.path, from.path, index, -1), index2]
        const home = {
          list: shift(from.path, to.path, index2, 1),
          index: isWithin && index2 <= index ? index + 1 : index,
        }
        return { edit, inverse: { kind: 'move', path: moved, at: home } }
      }),
    )
}

/** A path after an item of a list came or went before it. */
function shift(path: Path, list: Path, index: number, by: 1 | -1): Path {
  const depth = list.length
  const part = path[depth]
  const isBelow = list.every((known, place) => path[place] === known) && typeof part === 'number'
  return isBelow && (by > 0 ? part >= index : part > index) ? path.with(depth, part + by) : path
}

function leavesOf(value: Json, path: Path = []): [Path, Json][] {
  if (Array.isArray(value)) return value.flatMap((item, index) => leavesOf(item, [...path, index]))
  if (isJsonObject(value)) return Object.entries(value).flatMap(([name, child]) => leavesOf(child, [...path, name]))
  return [[path, value]]
}

/** Whether a scalar is written as this module writes, so that it can come back to the same bytes. */
function isUsual(text: string, path: Path, value: Json): boolean {
  const source = openPage(text)!.flow.sourceOf(path)?.source
  if (source === undefined || typeof value === 'object') return false
  if (typeof value !== 'string') return source === String(value)
  return (
    [plainText(value), quoted(value, 'QUOTE_DOUBLE'), quoted(value, 'QUOTE_SINGLE')].includes(source) ||
    /^\|[-+]?\n *\S/.test(source)
  )
}

const timeout = isThorough ? 900_000 : 60_000

describe.each(Object.keys(handwritings))('flows %s', handwriting => {
  it.each(Object.keys(kinds))('%s changes its own lines, reads back, and can be taken back', { timeout }, kind => {
    const random = seeded(handwriting.length * 31 + kind.length)
    const written = sample(flows, handwriting === 'asWritten' ? flows.length : 60, random)
    const wrong = written.flatMap(({ name, text: plain }) => {
      const text = handwritings[handwriting]!(plain)
      const cases = kinds[kind]!(subjectOf(text), items => sample(items, most, random))
      return cases.flatMap(found => tryCase(text, found).map(message => `${name}: ${message}`))
    })
    expect(wrong.slice(0, 5)).toEqual([])
  })
})
