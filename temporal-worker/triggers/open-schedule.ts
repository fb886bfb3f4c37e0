import type { Trigger as TriggerRow } from '#db/generated/client'
import type { Trigger } from '#language/flow'
import type { JsonObject } from '#language/json'
import { datesOfTrigger } from '#language/triggers/dates-of-trigger'
import { datesWithEarlier, earlierDatesOf } from '#language/triggers/edited-dates'
import type { ScheduleDates } from '#language/triggers/evaluate-schedule'
import { findHeld, heldDates } from '#language/triggers/held-dates'
import { inZone } from '#language/triggers/in-zone'
import type { ActivityDependencies } from '../activities/dependencies'
import { explain } from '../activities/perform-task'
import type { TriggerRef } from '../contract'
import { type LoadedFlow, loadFlow } from '../starts/load-flow'
import { createConditionRender } from './condition-render'
import { conditionsHold } from './conditions-hold'

export type OpenSchedule = {
  ref: TriggerRef
  /** All dates, whatever the conditions. */
  dates: ScheduleDates
  /** The same, but as they were written at each time: what was due before an edit still is. */
  dueDates: ScheduleDates
  definition: JsonObject
  loaded: LoadedFlow
  /** What a date gives its execution. */
  variables(date: Date): JsonObject
  /** Whether the conditions hold on a date; or why nobody can tell. */
  tell(date: Date): Told
  /** The first date from one on that the conditions let through, or on which they are to be asked again. */
  firstHeld(date: Date): Date | undefined
}

export type Told = boolean | { failure: string }

/** A schedule with its flow; undefined where it is disabled or its flow can't be started now. */
export async function openSchedule(
  deps: ActivityDependencies,
  { ref, row }: { ref: TriggerRef; row: TriggerRow },
): Promise<OpenSchedule | undefined> {
  const definition = row.definition as JsonObject
  const plugin = deps.catalog.find(row.type)
  const dates = plugin && datesOfTrigger(plugin, definition as Trigger)
  if (plugin === undefined || dates === undefined || definition.disabled === true) return undefined
  const loaded = await loadFlow(deps, ref)
  if ('failure' in loaded) return undefined
  const tell = createTell(deps, { ref, dates, definition, loaded })
  // Nobody can tell: that date is one on which the execution says so.
  const mayHold = (date: Date) => tell(date, date) !== false
  const held = hasConditions(definition) ? heldDates(dates, mayHold) : dates
  return {
    ref,
    dates,
    dueDates: datesWithEarlier(plugin, definition as Trigger, earlierDatesOf(row.state)),
    definition,
    loaded,
    variables: date => scheduleVariables(held, definition, date),
    tell,
    firstHeld: date => (hasConditions(definition) ? findHeld(date, dates.next, mayHold).date : date),
  }
}

type Parts = Pick<OpenSchedule, 'ref' | 'dates' | 'definition' | 'loaded'>

/** `now` is the date itself where it lies in the future. */
function createTell(deps: ActivityDependencies, { ref, dates, definition, loaded }: Parts) {
  const conditions = conditionsOf(definition)
  // Looked up for each date that is tried, unless nobody reads them.
  const readsOthers = /\b(next|previous)\b/.test(JSON.stringify(conditions))
  const variablesOf = readsOthers ? dates : { next: () => undefined, previous: () => undefined }
  return (date: Date, now = new Date()): Told => {
    const variables = scheduleVariables(variablesOf, definition, date)
    const render = createConditionRender(deps, { ref, loaded, type: definition.type, variables, now })
    try {
      return conditionsHold(deps.catalog, conditions, { date, render })
    } catch (error) {
      return { failure: `Its conditions can't be evaluated: ${explain(error)}` }
    }
  }
}

export function hasConditions(definition: JsonObject): boolean {
  return ['conditions', 'scheduleConditions', 'when'].some(name => definition[name] !== undefined)
}

/** With Kestra's old name of the conditions of a schedule. */
function conditionsOf({ conditions = [], scheduleConditions = [], when = null }: JsonObject): JsonObject {
  return { conditions: [...(conditions as []), ...(scheduleConditions as [])], when }
}

/** What a schedule gives its execution: dates in the trigger's zone. */
function scheduleVariables(dates: ScheduleDates, { timezone }: JsonObject, date: Date): JsonObject {
  const zone = typeof timezone === 'string' ? timezone : 'UTC'
  const next = dates.next(date)
  const previous = dates.previous(date)
  return {
    date: inZone(date, zone),
    ...(next === undefined ? {} : { next: inZone(next, zone) }),
    ...(previous === undefined ? {} : { previous: inZone(previous, zone) }),
  }
}
