import { parseAllDocuments } from 'yaml'
import { isJsonObject, type Json, type JsonObject } from '#language/json'
import { type DatesPreview, previewDates } from '#language/triggers/preview-dates'
import { triggerText } from '#text/trigger'

export type SchedulePreview = { id: string; preview: DatesPreview }

/** The schedules of a text under edit; undefined while it is no YAML. */
export function readSchedules(source: string, now: Date): SchedulePreview[] | undefined {
  const triggers = readTriggers(source)
  return triggers?.flatMap((trigger, index) => {
    const preview = trigger.disabled === true ? undefined : previewDates(trigger, now)
    return preview === undefined ? [] : [{ id: String(trigger.id ?? triggerText.triggerAt(index + 1)), preview }]
  })
}

function readTriggers(source: string): JsonObject[] | undefined {
  try {
    const documents = parseAllDocuments(source)
    if (documents.some(({ errors }) => errors.length > 0)) return undefined
    return documents.flatMap(document => {
      const flow = document.toJS() as Json
      const triggers = isJsonObject(flow) ? flow.triggers : undefined
      return Array.isArray(triggers) ? triggers.filter(isJsonObject) : []
    })
  } catch {
    return undefined
  }
}
