import type { Json } from '#language/json'
import type { StepOf, WorkerChoice } from '#language/plan'
import type { Activities } from '../activities'
import { Abandoned } from './control'
import { outsideFor } from './outside'
import { render } from './render'
import { type Task, wait } from './task'
import type { TaskRun } from './task-run'
import { record, type Walk } from './walk'

type RoutedStep = StepOf<'activity'> | StepOf<'workingDirectory'>

/** The task can't run where it was sent; the message is the user's. */
export class NoWorkers extends Error {}

/**
 * The activities of the workers that a step is sent to: those of a group where the step, its flow or its tenant asks
 * for one, else the installation's own. A plan that asks for none leaves no trace of this in its history.
 */
export function* chooseWorkers(walk: Walk, step: RoutedStep, run: TaskRun): Task<Activities> {
  const choice = step.workers ?? walk.state.input.plan.workers
  if (choice === undefined) return walk.activities
  const wanted = yield* renderWanted(walk, run, choice)
  if (wanted === undefined) return walk.activities
  const { tenantId } = walk.state.input
  const found = yield* outsideFor(walk, run, 0, () => walk.host.findWorkers({ tenantId, wanted }))
  if (found.none) throw new NoWorkers(`${nameOf(wanted)}${placeOf(choice, step)}. ${nextStep}`)
  if (!found.isServed) {
    if (choice.fallback === 'IGNORE') {
      walk.state.log(run, 'INFO', `No worker of the group '${found.group}' is there; the task runs elsewhere`)
      return walk.activities
    }
    fallBack(walk, run, found.group, choice.fallback)
  }
  // What is recorded otherwise with the start of the task would wait for the worker, too.
  yield* wait(record(walk))
  return walk.host.tasksOf(tenantId, found.queue)
}

type Wanted = Parameters<Activities['findWorkers']>[0]['wanted']

/** Undefined where expressions come to nothing. */
function* renderWanted(walk: Walk, run: TaskRun, choice: WorkerChoice): Task<Wanted | undefined> {
  if ('key' in choice) {
    const key = textOf(yield* render(walk, run, choice.key))
    return key === '' ? undefined : { key }
  }
  const rendered = yield* render(walk, run, choice.tags)
  const tags = (Array.isArray(rendered) ? rendered : [rendered]).map(textOf).filter(tag => tag !== '')
  return tags.length === 0 ? undefined : { tags, match: choice.match }
}

function textOf(value: Json): string {
  return value === null ? '' : String(value).trim()
}

/** What becomes of a task of a group without a worker, as in Kestra: a cancelled one ends its execution, as if killed. */
function fallBack(walk: Walk, run: TaskRun, group: string, fallback: 'WAIT' | 'FAIL' | 'CANCEL'): void {
  const reason = `No worker of the group '${group}' is there`
  if (fallback === 'FAIL') throw new NoWorkers(`${reason}; by its fallback FAIL the task does not wait for one`)
  walk.state.log(run, 'INFO', `${reason}; the task ${fallback === 'WAIT' ? 'waits for one' : 'is cancelled'}`)
  if (fallback === 'WAIT') return
  walk.state.moveRun(run, 'CANCELLED')
  walk.control.end({ state: 'KILLED' })
  throw new Abandoned()
}

function nameOf(wanted: Wanted): string {
  if ('key' in wanted) return `There is no worker group '${wanted.key}' for this tenant, as `
  const tags = wanted.tags.map(tag => `'${tag}'`).join(', ')
  return `There is no worker group for this tenant with ${wanted.match === 'ALL' ? 'all' : 'one'} of the tags ${tags}, as `
}

function placeOf(choice: WorkerChoice, { id, line }: RoutedStep): string {
  if (choice.from === 'tenant') return `the operator's default for the tenant asks`
  const property = 'key' in choice ? 'workerGroup' : 'workerSelector'
  const where = choice.from === 'flow' ? 'of the flow' : `of the task '${id}'${line > 0 ? ` (line ${line})` : ''}`
  return `the ${property} ${where} asks`
}

const nextStep =
  'Name one that the tenant may use, or ask the operator to list it under workerGroups in the file MILLRACE_RUNNER_POLICY'
