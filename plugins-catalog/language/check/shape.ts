import { Flow, flowProperties } from '../flow'
import { isJsonObject, type Json } from '../json'
import { nearest, suggestion } from '../nearest'
import type { Problem } from './problem'
import type { Check } from './subject'
import { schemaProblems } from './zod-problems'

/** The flow's own properties. */
export const checkShape: Check = ({ flow }) => {
  const problems = schemaProblems(Flow, { value: flow, path: [], templates: false }).map(problem =>
    placeLabel(problem, flow.labels),
  )
  return [...problems.map(suggestProperty), ...deprecations(flow)]
}

/** Labels are checked as a list of keys and values; a map of them has its places by key. */
function placeLabel(problem: Problem, labels: Json | undefined): Problem {
  const [root, index] = problem.path
  if (root !== 'labels' || !isJsonObject(labels) || typeof index !== 'number') return problem
  return {
    ...problem,
    path: ['labels', Object.keys(labels)[index] ?? ''],
    at: problem.path[2] === 'key' ? 'key' : undefined,
  }
}

function suggestProperty(problem: Problem): Problem {
  if (problem.code !== 'UNKNOWN_PROPERTY' || problem.path.length !== 1) return problem
  const name = String(problem.path[0])
  return { ...problem, message: `"${name}" is not a property of a flow${suggestion(nearest(name, flowProperties))}` }
}

const renamed: Record<string, string> = { taskDefaults: 'pluginDefaults', listeners: 'afterExecution' }

function deprecations(flow: object): Problem[] {
  return Object.entries(renamed)
    .filter(([old]) => Object.hasOwn(flow, old))
    .map(([old, current]) => ({
      code: 'DEPRECATED',
      severity: 'warning',
      message: `"${old}" is an older name; use "${current}"`,
      path: [old],
      at: 'key',
    }))
}
