import type { z } from 'zod'
import type { PollContext, Polling } from '#language/define-plugin'
import { treeSource } from '../../shared/file-tree'
import { checkMove, pollFiles, settleFiles } from '../../shared/poll-files'
import { describeFile, openLocal } from '../shared/tree'
import type plugin from './plugin'

const polling: Polling<typeof plugin> = {
  poll: async (ctx, properties) =>
    pollFiles(ctx, properties, open(ctx, properties), {
      variables: files => ({ files, count: files.length }),
      isWrittenInPlace: true,
    }),
  settle: async (ctx, properties, unsettled) => settleFiles(ctx, properties, unsettled, open(ctx, properties)),
}

export default polling

function open(ctx: PollContext, properties: z.output<(typeof plugin)['properties']>) {
  const moveDirectory = checkMove(properties.action, 'moveDirectory', properties.moveDirectory)
  return treeSource(ctx, openLocal(ctx), { ...properties, moveDirectory, matches: 'name', describe: describeFile })
}
