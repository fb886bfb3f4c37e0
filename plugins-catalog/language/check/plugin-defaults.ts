import type { Catalog } from '../catalog'
import { TaskCommon } from '../flow'
import { isJsonObject, type Json, type JsonObject } from '../json'
import { nearest, suggestion } from '../nearest'
import type { Path, Problem } from './problem'
import type { Check } from './subject'

/** Defaults that no task could ever take: of no known type, or with a property that the type hasn't. Kestra saves them. */
export const checkPluginDefaults: Check = ({ flow, catalog }) => {
  const name = flow.pluginDefaults === undefined ? 'taskDefaults' : 'pluginDefaults'
  const written = Array.isArray(flow[name]) ? (flow[name] as Json[]) : []
  return written.flatMap((entry, index) =>
    isJsonObject(entry) && typeof entry.type === 'string' ? checkEntry(entry, entry.type, [name, index], catalog) : [],
  )
}

function checkEntry(entry: JsonObject, type: string, path: Path, catalog: Catalog): Problem[] {
  const definition = catalog.find(type)
  if (definition === undefined) {
    if (catalog.all().some(plugin => plugin.type.startsWith(`${type}.`))) return []
    const message = `no plugin has the type, or stands below, "${type}"${suggestion(catalog.nearest(type))}`
    return [{ code: 'UNKNOWN_TYPE', severity: 'warning', message, path: [...path, 'type'] }]
  }
  const known = [...Object.keys(definition.properties.shape), ...Object.keys(TaskCommon.shape)]
  return Object.keys(isJsonObject(entry.values) ? entry.values : {})
    .filter(property => !known.includes(property))
    .map(property => ({
      code: 'UNKNOWN_PROPERTY',
      severity: 'warning',
      message: `"${property}" is not a property of ${definition.type}${suggestion(nearest(property, known))}`,
      path: [...path, 'values', property],
      at: 'key',
    }))
}
