import { z } from 'zod'
import { GivenPassword } from '../accounts/account'
import {
  confirmSecondFactor,
  Enrolment,
  RecoveryCodes,
  removeSecondFactor,
  startSecondFactor,
} from '../auth/second-factor/change-second-factor'
import { router, sessionProcedure } from '../trpc'
import { actorOf } from './actor-of'

const Code = z.string().trim().max(40)

/** Codes of a device, asked for after the password. */
export const secondFactorRouter = router({
  start: sessionProcedure
    .input(z.object({ password: GivenPassword }))
    .output(Enrolment)
    .mutation(({ ctx, input }) => startSecondFactor(actorOf(ctx), input.password)),

  confirm: sessionProcedure
    .input(z.object({ code: Code }))
    .output(RecoveryCodes)
    .mutation(({ ctx, input }) => confirmSecondFactor(actorOf(ctx), input.code)),

  remove: sessionProcedure
    .input(z.object({ password: GivenPassword, code: Code }))
    .mutation(({ ctx, input }) => removeSecondFactor(actorOf(ctx), input)),
})
