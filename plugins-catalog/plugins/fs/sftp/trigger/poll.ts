import type { z } from 'zod'
import type { PollContext, Polling } from '#language/define-plugin'
import type { FileSource } from '../../shared/file-source'
import { type TreeFile, treeSource } from '../../shared/file-tree'
import { checkMove, pollFiles, settleFiles } from '../../shared/poll-files'
import { describeFile, withSftp } from '../shared/tree'
import type plugin from './plugin'

const polling: Polling<typeof plugin> = {
  poll: (ctx, properties) =>
    withSource(ctx, properties, source =>
      pollFiles(ctx, properties, source, { variables: files => ({ files }), isWrittenInPlace: true }),
    ),
  settle: (ctx, properties, unsettled) =>
    withSource(ctx, properties, source => settleFiles(ctx, properties, unsettled, source)),
}

export default polling

function withSource<T>(
  ctx: PollContext,
  properties: z.output<(typeof plugin)['properties']>,
  work: (source: FileSource<TreeFile>) => Promise<T>,
): Promise<T> {
  const moveDirectory = checkMove(properties.action, 'moveDirectory', properties.moveDirectory)
  const choice = { ...properties, moveDirectory, matches: 'path', describe: describeFile } as const
  return withSftp(ctx, properties, tree => work(treeSource(ctx, tree, choice)))
}
