import type { Plan, Step, StepOf } from '../plan'
import { templateFacts } from './template-facts'

/** How often a task's outputs are read, and how often other than at the values around (see own-reads.ts). */
type Count = { all: number; other: number }
type Counts = Map<string, Count>

/**
 * Notes what of the outputs an execution must keep: `reads` of the plan, where it can be told, and of each ForEach
 * what nobody reads any more once an iteration has ended. A loop over many values then holds little.
 */
export function notePlanReads(plan: Plan): Plan {
  const loops: { step: StepOf<'forEach'>; within: Counts }[] = []
  const counts = countSteps(topSteps(plan), loops)
  const rest = templateFacts([
    ...plan.outputs.map(({ value }) => value.raw),
    ...(plan.sla ?? []).map(sla => JSON.stringify(sla)),
  ])
  if (counts === undefined || rest.reads === 'any') return plan
  for (const id of rest.reads) count(counts, id, 'other')
  for (const { step, within } of loops) {
    const forgets = idsOf(step.steps).filter(id => isForgotten(counts.get(id), within.get(id)))
    if (forgets.length > 0) step.forgets = forgets
  }
  return { ...plan, reads: [...counts.keys()] }
}

function topSteps(plan: Plan): Step[] {
  return [...plan.steps, ...(plan.errors ?? []), ...(plan.finally ?? []), ...(plan.afterExecution ?? [])]
}

/** What is read at all is read within the loop, at the values around. */
function isForgotten(everywhere: Count | undefined, within: Count | undefined): boolean {
  return everywhere !== undefined && everywhere.other === 0 && everywhere.all === within?.all
}

/** Undefined where some step's reads can't be told. */
function countSteps(steps: readonly Step[], loops: { step: StepOf<'forEach'>; within: Counts }[]): Counts | undefined {
  const counts: Counts = new Map()
  for (const step of steps) {
    if (step.reads === undefined) return undefined
    for (const id of step.reads) count(counts, id, step.readsOwn?.includes(id) ? 'own' : 'other')
    const main = countSteps('steps' in step ? step.steps : [], loops)
    const ends = countSteps(otherBranches(step), loops)
    if (main === undefined || ends === undefined) return undefined
    if (step.kind === 'forEach') loops.push({ step, within: main })
    add(counts, main)
    add(counts, ends)
  }
  return counts
}

function otherBranches(step: Step): Step[] {
  const ends = 'steps' in step ? [...(step.errors ?? []), ...(step.finally ?? [])] : []
  if (step.kind === 'if') return [...ends, ...(step.otherwise ?? [])]
  if (step.kind === 'switch') return [...ends, ...Object.values(step.cases).flat(), ...(step.defaults ?? [])]
  if (step.kind === 'pause') return [...ends, ...(step.onPause === undefined ? [] : [step.onPause])]
  return ends
}

function idsOf(steps: readonly Step[]): string[] {
  return steps.flatMap(step => [step.id, ...idsOf('steps' in step ? step.steps : []), ...idsOf(otherBranches(step))])
}

function count(counts: Counts, id: string, how: 'own' | 'other'): void {
  add(counts, new Map([[id, { all: 1, other: how === 'other' ? 1 : 0 }]]))
}

function add(counts: Counts, more: Counts): void {
  for (const [id, { all, other }] of more) {
    const known = counts.get(id)
    counts.set(id, { all: (known?.all ?? 0) + all, other: (known?.other ?? 0) + other })
  }
}
