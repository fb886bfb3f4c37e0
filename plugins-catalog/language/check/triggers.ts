import { applyDefaults } from '../compile/defaults'
import { formatDuration, parseDuration } from '../durations'
import { isTemplate } from '../fields'
import type { Task } from '../flow'
import { Inputs } from '../inputs/input'
import { parseInputValue } from '../inputs/parse-value'
import { isJsonObject, type JsonObject } from '../json'
import { nearest, suggestion } from '../nearest'
import { checkFlowTrigger } from './flow-triggers'
import { listOf, type PlacedTrigger, triggersOf } from './placed-triggers'
import type { Problem } from './problem'
import { checkSchedule } from './schedules'
import type { Check, Subject } from './subject'

/** What a trigger says fits together, and gives the flow what it asks for. */
export const checkTriggers: Check = subject =>
  triggersOf(subject).flatMap(placed => [
    ...checkSchedule(placed, subject),
    ...checkInterval(placed, subject),
    ...checkFlowTrigger(placed, subject),
    ...checkGivenInputs(placed, subject.flow),
  ])

/** More often would be a load for whoever is asked, and for us. */
const shortestIntervalMs = 1000

/** How often a polling trigger looks; that is settled before anything is rendered. */
function checkInterval({ trigger, path }: PlacedTrigger, { catalog, pluginDefaults }: Subject): Problem[] {
  if (catalog.find(String(trigger.type))?.starts !== 'polling') return []
  const { interval } = applyDefaults(trigger as Task, pluginDefaults, catalog)
  const problem = (message: string): Problem => ({ code: 'INVALID_VALUE', message, path: [...path, 'interval'] })
  if (isTemplate(interval)) return [problem('"interval" takes no expression: write a duration')]
  const ms = parseDuration(interval)
  if (ms === null || ms >= shortestIntervalMs) return []
  return [problem(`the shortest interval is ${formatDuration(shortestIntervalMs)}`)]
}

/** Values that a trigger gives to inputs suit them, and none that is required stays without one. */
function checkGivenInputs({ trigger, path, kind }: PlacedTrigger, flow: JsonObject): Problem[] {
  const inputs = listOf(flow.inputs).flatMap(([written]) => {
    const parsed = Inputs.safeParse([written])
    return parsed.success ? parsed.data : []
  })
  if (inputs.length === 0 || kind === 'Webhook') return []
  const given = isJsonObject(trigger.inputs) ? trigger.inputs : {}
  const missing = inputs.filter(
    ({ id, required, defaults, dependsOn }) =>
      required &&
      defaults === undefined &&
      dependsOn === undefined &&
      !Object.hasOwn(given, id.split('.')[0]!) &&
      !Object.hasOwn(given, id),
  )
  const wrong = inputs.flatMap((input): Problem[] => {
    const value = Object.hasOwn(given, input.id) ? given[input.id] : undefined
    if (value === undefined || value === null || typeof value === 'object' || isTemplate(value)) return []
    const parsed = parseInputValue(input, value)
    if (parsed.ok) return []
    return [
      {
        code: 'INVALID_VALUE',
        severity: 'warning',
        message: `input "${input.id}": ${parsed.message}`,
        path: [...path, 'inputs', input.id],
      },
    ]
  })
  const unknown = Object.keys(given).filter(name => !inputs.some(({ id }) => id === name || id.startsWith(`${name}.`)))
  return [
    ...wrong,
    ...missing.map(
      ({ id }): Problem => ({
        code: 'MISSING_PROPERTY',
        severity: 'warning',
        message: `the flow asks for the input "${id}", which this trigger doesn't give; write it under "inputs" or give it "defaults"`,
        path: [...path, 'inputs'],
      }),
    ),
    ...unknown.map(
      (name): Problem => ({
        code: 'UNKNOWN_VARIABLE',
        severity: 'warning',
        message: `the flow has no input "${name}"${suggestion(
          nearest(
            name,
            inputs.map(({ id }) => id),
          ),
        )}`,
        path: [...path, 'inputs', name],
        at: 'key',
      }),
    ),
  ]
}
