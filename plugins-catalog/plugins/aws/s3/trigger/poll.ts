import type { z } from 'zod'
import type { PollContext, Polling } from '#language/define-plugin'
import { checkMove, pollFiles, settleFiles } from '../../../fs/shared/poll-files'
import { openS3 } from '../shared/client'
import { objectSource } from '../shared/source'
import type plugin from './plugin'

const polling: Polling<typeof plugin> = {
  poll: (ctx, properties) =>
    pollFiles(ctx, properties, open(ctx, properties), { variables: objects => ({ objects }), isWrittenInPlace: false }),
  settle: (ctx, properties, unsettled) => settleFiles(ctx, properties, unsettled, open(ctx, properties)),
}

export default polling

function open(ctx: PollContext, properties: z.output<(typeof plugin)['properties']>) {
  const moveTo = checkMove(properties.action, 'moveTo', properties.moveTo)
  return objectSource(ctx, openS3(ctx, properties), { properties, moveTo })
}
