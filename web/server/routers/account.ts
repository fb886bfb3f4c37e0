import { z } from 'zod'
import { Account, SignUp } from '../accounts/account'
import { getAccount } from '../accounts/get-account'
import { signUp } from '../accounts/sign-up'
import { publicProcedure, router, signedInProcedure } from '../trpc'

export const accountRouter = router({
  /** Creates the user, their tenant and the session; the reply sets the session's cookie. */
  signUp: publicProcedure
    .input(SignUp)
    .output(z.object({ tenant: z.string() }))
    .mutation(async ({ ctx, input }) => {
      const { session, tenantSlug } = await signUp({ clientIp: ctx.clientIp, account: input })
      await ctx.setSessionCookie(session)
      return { tenant: tenantSlug }
    }),

  me: signedInProcedure.output(Account).query(({ ctx }) => getAccount(ctx.principal)),
})
