import { parseIon } from './parse-ion'
import { splitValues } from './split-values'
import { RowError, type RowValue } from './values'

/** The values of a stream of Ion text, JSON lines or (with `unwrapArray`) one JSON array, one at a time. */
export async function* readIon(
  source: AsyncIterable<Uint8Array | string>,
  options: { unwrapArray?: boolean } = {},
): AsyncGenerator<RowValue> {
  let number = 0
  for await (const text of splitValues(source, options)) {
    number++
    try {
      yield parseIon(text)
    } catch (error) {
      if (error instanceof RowError) throw new RowError(`record ${number}: ${error.message}`)
      throw error
    }
  }
}
