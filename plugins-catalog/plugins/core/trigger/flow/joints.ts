/** What a Flow trigger waits for, of both Kestras, as executions that must come together. */
import type { z } from 'zod'
import type { Joint, Need } from '#language/triggers/joint'
import { type Group, needOfFlow, needOfGroup, type Upstream } from './needs'
import { newTimeWindowOf, type TimeWindowProperties, timeWindowOf, type WindowProperties } from './windows'

type Preconditions = {
  id: string
  timeWindow?: z.output<typeof TimeWindowProperties> | undefined
  resetOnSuccess: boolean
  flows?: Upstream[] | undefined
  where?: Group[] | undefined
}

/** `preconditions` of Kestra 1. */
export function jointsOfPreconditions(preconditions: Preconditions | undefined): Joint[] {
  if (preconditions === undefined) return []
  const { id, timeWindow, resetOnSuccess, flows = [], where = [] } = preconditions
  const needs = distinct([...flows.map(needOfFlow), ...where.map(needOfGroup)])
  const window = timeWindowOf(timeWindow)
  return needs.length === 0 ? [] : [{ id, needs, atLeast: needs.length, window, resetOnSuccess }]
}

type Dependencies = {
  dependsOn: Upstream[]
  window: z.output<typeof WindowProperties> | undefined
  mode: 'ALL' | 'ANY' | 'AT_LEAST'
  minSatisfied: number | undefined
}

/** `dependsOn` of Kestra 2, which counts on in a window that is written, unless it may fire only once. */
export function jointsOfDependencies({ dependsOn, window, mode, minSatisfied = 1 }: Dependencies): Joint[] {
  const needs = distinct(dependsOn.map(needOfFlow))
  if (needs.length === 0) return []
  const counts = { ALL: needs.length, ANY: 1, AT_LEAST: Math.min(minSatisfied, needs.length) }
  const resetOnSuccess = window === undefined || window.fireOnce === true
  return [{ id: 'dependsOn', needs, atLeast: counts[mode], window: newTimeWindowOf(window), resetOnSuccess }]
}

/** Needs without those that ask for the same. */
function distinct(needs: Need[]): Need[] {
  return [...new Map(needs.map(need => [need.key, need])).values()]
}
