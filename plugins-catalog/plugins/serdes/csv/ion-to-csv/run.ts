import type { Run } from '#language/define-plugin'
import { readIon } from '../../../../rows/read-ion'
import { type RowValue, Timestamp, toCellText } from '../../../../rows/values'
import { writeCsv } from '../../../../rows/write-csv'
import { convertFile } from '../../shared/convert-file'
import { encodeText } from '../../shared/encode-text'
import { formatTimestamp, type TimestampFormats } from '../../shared/format-timestamp'
import type plugin from './plugin'

const run: Run<typeof plugin> = async (ctx, properties) =>
  convertFile(ctx, { from: properties.from, extension: '.csv' }, (source, count) => {
    const lines = writeCsv(count(readIon(source)), {
      header: properties.header,
      separator: properties.fieldSeparator,
      quote: properties.textDelimiter,
      lineDelimiter: properties.lineDelimiter,
      alwaysQuote: properties.alwaysDelimitText,
      cellText: value => cellText(value, properties),
    })
    return encodeText(lines, properties.charset)
  })

export default run

function cellText(value: RowValue, formats: TimestampFormats): string {
  return value instanceof Timestamp ? formatTimestamp(value.text, formats) : toCellText(value)
}
