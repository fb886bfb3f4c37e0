import { type RowValue, toJson } from '../../../rows/values'

/** One JSON value a line. */
export async function* jsonLines(values: AsyncIterable<RowValue>): AsyncGenerator<string> {
  for await (const value of values) yield `${JSON.stringify(toJson(value))}\n`
}

/** One array, written as it comes. */
export async function* jsonArray(values: AsyncIterable<RowValue>): AsyncGenerator<string> {
  let separator = '['
  for await (const value of values) {
    yield `${separator}${JSON.stringify(toJson(value))}`
    separator = ','
  }
  yield separator === '[' ? '[]' : ']'
}
