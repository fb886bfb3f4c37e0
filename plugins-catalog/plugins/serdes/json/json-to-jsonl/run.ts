import type { Run } from '#language/define-plugin'
import { readIon } from '../../../../rows/read-ion'
import { convertFile } from '../../shared/convert-file'
import { decodeText, encodeText } from '../../shared/encode-text'
import { jsonLines } from '../../shared/json-text'
import type plugin from './plugin'

const run: Run<typeof plugin> = async (ctx, { from, charset }) =>
  convertFile(ctx, { from, extension: '.jsonl' }, (source, count) =>
    encodeText(jsonLines(count(readIon(decodeText(source, charset), { unwrapArray: true }))), charset),
  )

export default run
