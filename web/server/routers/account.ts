import { z } from 'zod'
import { Account, Email, GivenPassword, NewPassword, SignUp, UserName } from '../accounts/account'
import { changeEmail, readEmailChange, requestEmailChange } from '../accounts/change-email'
import { changePassword } from '../accounts/change-password'
import { getAccount } from '../accounts/get-account'
import { renameUser } from '../accounts/rename-user'
import { readReset, requestReset, resetPassword } from '../accounts/reset-password'
import { getSecurity, Security, unlinkIdentity } from '../accounts/security'
import { signUp } from '../accounts/sign-up'
import { setTour, Tour } from '../accounts/tour'
import { readVerification, sendVerification, verifyEmail } from '../accounts/verify-email'
import { oidcName } from '../auth/oidc/provider'
import { intendLink } from '../auth/oidc/sign-in-with-identity'
import { publicProcedure, router, sessionProcedure, signedInProcedure } from '../trpc'
import { actorOf } from './actor-of'

/** The secret part of a link. */
const Value = z.object({ value: z.string().max(200) })
const OfEmail = z.object({ email: z.string() })

export const accountRouter = router({
  /** Creates the user, their tenant and the session; the reply sets the session's cookie. */
  signUp: publicProcedure
    .input(SignUp)
    .output(z.object({ tenant: z.string() }))
    .mutation(async ({ ctx, input }) => {
      const { session, tenantSlug } = await signUp({ device: ctx, account: input })
      await ctx.setSessionCookie(session)
      return { tenant: tenantSlug }
    }),

  /** What the sign-in page offers besides the password. */
  signInOptions: publicProcedure
    .output(z.object({ oidcName: z.string().nullable() }))
    .query(() => ({ oidcName: oidcName() })),

  me: signedInProcedure.output(Account).query(({ ctx }) => getAccount(ctx.principal)),

  security: sessionProcedure.output(Security).query(({ ctx }) => getSecurity(ctx.principal.userId)),

  rename: sessionProcedure
    .input(z.object({ name: UserName }))
    .mutation(({ ctx, input }) => renameUser(ctx.principal.userId, input.name)),

  setTour: sessionProcedure
    .input(z.object({ tour: Tour }))
    .output(z.object({ tour: Tour }))
    .mutation(({ ctx, input }) => setTour(ctx.principal.userId, input.tour)),

  sendVerification: sessionProcedure.mutation(({ ctx }) => sendVerification(ctx.principal.userId, ctx.clientIp)),

  readVerification: publicProcedure
    .input(Value)
    .output(OfEmail)
    .query(({ input }) => readVerification(input.value)),

  verifyEmail: publicProcedure
    .input(Value)
    .output(OfEmail)
    .mutation(({ ctx, input }) => verifyEmail(input.value, ctx.clientIp)),

  requestEmailChange: sessionProcedure
    .input(z.object({ email: Email, password: GivenPassword.default(''), code: GivenPassword.default('') }))
    .mutation(({ ctx, input }) => requestEmailChange(actorOf(ctx), input)),

  readEmailChange: publicProcedure
    .input(Value)
    .output(OfEmail.extend({ from: z.string() }))
    .query(({ input }) => readEmailChange(input.value)),

  changeEmail: publicProcedure
    .input(Value)
    .output(OfEmail)
    .mutation(({ ctx, input }) => changeEmail(input.value, ctx.clientIp)),

  /** Says the same for every address. */
  requestReset: publicProcedure
    .input(z.object({ email: Email }))
    .mutation(({ ctx, input }) => requestReset(input.email, ctx.clientIp)),

  readReset: publicProcedure
    .input(Value)
    .output(OfEmail)
    .query(({ input }) => readReset(input.value)),

  resetPassword: publicProcedure
    .input(Value.extend({ password: NewPassword }))
    .output(OfEmail)
    .mutation(({ ctx, input }) => resetPassword({ ...input, ip: ctx.clientIp })),

  changePassword: sessionProcedure
    .input(z.object({ current: GivenPassword, password: NewPassword }))
    .mutation(({ ctx, input }) => changePassword(actorOf(ctx), input)),

  /** Before the browser is sent to the issuer: what it brings back is bound to this account. */
  connectIdentity: sessionProcedure.mutation(({ ctx }) => intendLink(ctx.principal.sessionId)),

  disconnectIdentity: sessionProcedure
    .input(z.object({ issuer: z.string().max(2000), subject: z.string().max(255) }))
    .mutation(({ ctx, input }) => unlinkIdentity(actorOf(ctx), input)),
})
