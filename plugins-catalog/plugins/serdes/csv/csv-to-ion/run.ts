import type { Run } from '#language/define-plugin'
import { readCsv } from '../../../../rows/read-csv'
import type { Row, RowValue } from '../../../../rows/values'
import { convertFile } from '../../shared/convert-file'
import { ionLines } from '../../shared/ion-lines'
import type plugin from './plugin'

const run: Run<typeof plugin> = async (ctx, properties) =>
  convertFile(ctx, { from: properties.from, extension: '.ion' }, (source, count) => {
    const rows = readCsv(source, {
      header: properties.header,
      separator: properties.fieldSeparator,
      quote: properties.textDelimiter,
      skipEmptyRows: properties.skipEmptyRows,
      skipRows: properties.skipRows,
      encoding: properties.charset,
      onBadLines: properties.onBadLines,
      warn: message => ctx.log('WARN', message),
    })
    return ionLines(count(properties.header ? dropUnnamed(rows, properties.onEmptyHeader) : toLists(rows)))
  })

export default run

async function* dropUnnamed(rows: AsyncIterable<Row>, onEmptyHeader: 'DROP' | 'KEEP'): AsyncGenerator<Row> {
  for await (const row of rows) {
    if (onEmptyHeader === 'DROP') delete row['']
    yield row
  }
}

/** Without a header a row is a list of its values, as Kestra has it. */
async function* toLists(rows: AsyncIterable<Row>): AsyncGenerator<RowValue> {
  for await (const row of rows) yield Object.values(row)
}
