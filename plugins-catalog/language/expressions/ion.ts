import { dom, dumpText, type IonType, IonTypes } from 'ion-js'
import type { Json, JsonObject } from '../json'
import { Complaint } from './errors'
import { setKey } from './values'

/** A value as Ion text. */
export function toIon(value: Json): string {
  return dumpText(value)
}

/** The values of an Ion text, as JSON has them: timestamps as text, symbols as text. */
export function parseIon(text: string): Json[] {
  try {
    return dom.loadAll(text).map(value => toJson(value))
  } catch (error) {
    if (error instanceof Complaint) throw error
    throw new Complaint(`Invalid ion: ${error instanceof Error ? error.message : String(error)}`)
  }
}

const converters = new Map<IonType, (value: dom.Value) => Json>([
  [IonTypes.BOOL, value => value.booleanValue()],
  [IonTypes.INT, value => value.numberValue()],
  [IonTypes.FLOAT, value => value.numberValue()],
  [IonTypes.DECIMAL, decimalToJson],
  [IonTypes.STRING, value => value.stringValue()],
  [IonTypes.SYMBOL, value => value.stringValue()],
  [IonTypes.TIMESTAMP, value => value.timestampValue()?.toString() ?? null],
  [IonTypes.LIST, value => value.elements().map(toJson)],
  [IonTypes.SEXP, value => value.elements().map(toJson)],
  [IonTypes.STRUCT, structToJson],
])

function toJson(value: dom.Value): Json {
  if (value.isNull()) return null
  const convert = converters.get(value.getType())
  if (!convert) throw new Complaint(`Ion values of type ${value.getType().name} have no JSON form`)
  return convert(value)
}

/** Its digits read as a number; what `numberValue` computes from them is off in the last place for many (82.3). */
function decimalToJson(value: dom.Value): Json {
  return Number(value.decimalValue()!.toString())
}

function structToJson(value: dom.Value): JsonObject {
  const struct: JsonObject = {}
  for (const name of value.fieldNames()) setKey(struct, name, toJson(value.get(name)!))
  return struct
}
