import type { RowValue } from '../../../rows/values'
import { formatIon } from '../../../rows/write-ion'

/** Rows as Ion text, one a line. */
export async function* ionLines(rows: AsyncIterable<RowValue>): AsyncGenerator<string> {
  for await (const row of rows) yield `${formatIon(row)}\n`
}
