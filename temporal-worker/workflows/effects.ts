import { type Effect, PureFailure } from '../pure/pure-task'
import type { TaskRun } from './task-run'
import type { Walk } from './walk'

type Apply<Kind extends Effect['kind']> = (walk: Walk, run: TaskRun, effect: Extract<Effect, { kind: Kind }>) => void

const effects = {
  setLabels: (walk, _run, { labels }) => {
    const byKey = new Map([...walk.state.labels, ...labels].map(({ key, value }) => [key, value]))
    walk.state.labels = [...byKey].map(([key, value]) => ({ key, value }))
    walk.state.touch()
  },
  setVariables: (walk, _run, { variables, overwrite }) => {
    const existing = Object.keys(variables).filter(name => Object.hasOwn(walk.state.variables, name))
    if (!overwrite && existing.length > 0) {
      throw new PureFailure(
        `\`overwrite\` is set to false and the following variables already exist: ${existing.join(',')}`,
      )
    }
    walk.state.variables = { ...walk.state.variables, ...variables }
    walk.state.touch()
  },
  unsetVariables: (walk, _run, { names, ignoreMissing }) => {
    const missing = names.filter(name => !Object.hasOwn(walk.state.variables, name))
    if (!ignoreMissing && missing.length > 0) {
      throw new PureFailure(
        `\`ignoreMissing\` is set to false and the following variables do not exist: ${missing.join(',')}`,
      )
    }
    walk.state.variables = Object.fromEntries(
      Object.entries(walk.state.variables).filter(([name]) => !names.includes(name)),
    )
    walk.state.touch()
  },
  exit: (walk, run, { state }) => {
    walk.state.moveRun(run, state)
    walk.control.end({ state })
  },
} satisfies { [Kind in Effect['kind']]: Apply<Kind> }

/** Does to the execution what a task asks for. */
export function applyEffect(walk: Walk, run: TaskRun, effect: Effect): void {
  const apply = effects[effect.kind] as (walk: Walk, run: TaskRun, effect: Effect) => void
  apply(walk, run, effect)
}
