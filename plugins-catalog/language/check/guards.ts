import { references } from '../expressions/references'
import { isTemplate } from '../fields'
import { ancestorsOf, kindOf, type PlacedTask } from './placed-tasks'

type Path = readonly (string | number)[]

/** Of each task, what the conditions on its way ask for; kept, since each of its templates asks. */
const known = new WeakMap<PlacedTask, Path[]>()

/**
 * Whether some condition that decides if a task runs at all asks, with `is defined` or the like, for a path: the task
 * then reads it only where it is there.
 */
export function guardedByConditions(reader: PlacedTask | undefined): (path: Path) => boolean {
  if (reader === undefined) return () => false
  const asked = known.get(reader) ?? askedFor(reader)
  known.set(reader, asked)
  return path => asked.some(guard => guard.every((key, index) => index >= path.length || path[index] === key))
}

function askedFor(reader: PlacedTask): Path[] {
  const own = [reader.task.runIf, reader.task.when]
  const above = ancestorsOf(reader).flatMap(task => [
    task.task.runIf,
    task.task.when,
    ...(kindOf(task) === 'If' ? [task.task.condition] : []),
  ])
  return [...own, ...above]
    .filter(isTemplate)
    .flatMap(text => references(text).variables)
    .filter(({ optional }) => optional === true)
    .map(({ path }) => path)
}
