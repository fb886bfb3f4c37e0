import type { Run } from '#language/define-plugin'
import { readIon } from '../../../../rows/read-ion'
import { convertFile } from '../../shared/convert-file'
import { decodeText } from '../../shared/encode-text'
import { ionLines } from '../../shared/ion-lines'
import type plugin from './plugin'

const run: Run<typeof plugin> = async (ctx, { from, newLine, charset }) =>
  convertFile(ctx, { from, extension: '.ion' }, (source, count) =>
    ionLines(count(readIon(decodeText(source, charset), { unwrapArray: !newLine }))),
  )

export default run
