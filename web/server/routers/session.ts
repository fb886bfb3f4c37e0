import { z } from 'zod'
import { endOtherSessions, endSession, listSessions, Session } from '../accounts/sessions'
import { router, sessionProcedure } from '../trpc'
import { actorOf } from './actor-of'

/** Where one's own account is signed in. */
export const sessionRouter = router({
  list: sessionProcedure.output(z.array(Session)).query(({ ctx }) => listSessions(ctx.principal)),

  end: sessionProcedure
    .input(z.object({ id: z.uuid() }))
    .mutation(({ ctx, input }) => endSession(actorOf(ctx), input.id)),

  endOthers: sessionProcedure
    .output(z.object({ count: z.number() }))
    .mutation(async ({ ctx }) => ({ count: await endOtherSessions(actorOf(ctx)) })),
})
