import type { RunContext } from '#language/define-plugin'
import type { Json, JsonObject } from '#language/json'
import { readIon } from '../../../../rows/read-ion'
import { isRow, type RowValue, toJson } from '../../../../rows/values'

/** An item of a stored file, and what an expression sees of it: its fields, or `value`. */
export type Item = { value: RowValue; variables: JsonObject }

/** The items of a stored file, one at a time: Ion text or JSON lines. */
export async function* readItems(ctx: RunContext, uri: string): AsyncGenerator<Item> {
  for await (const value of readIon(await ctx.storage.open(uri))) {
    ctx.signal.throwIfAborted()
    const json = toJson(value)
    yield { value, variables: isRow(value) ? (json as { [name: string]: Json }) : { value: json } }
  }
}
