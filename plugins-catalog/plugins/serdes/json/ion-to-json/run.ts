import type { Run } from '#language/define-plugin'
import { readIon } from '../../../../rows/read-ion'
import { convertFile } from '../../shared/convert-file'
import { encodeText } from '../../shared/encode-text'
import { jsonArray, jsonLines } from '../../shared/json-text'
import type plugin from './plugin'

const run: Run<typeof plugin> = async (ctx, { from, newLine, charset }) =>
  convertFile(ctx, { from, extension: newLine ? '.jsonl' : '.json' }, (source, count) => {
    const values = count(readIon(source))
    return encodeText(newLine ? jsonLines(values) : jsonArray(values), charset)
  })

export default run
