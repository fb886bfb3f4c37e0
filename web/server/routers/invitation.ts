import { z } from 'zod'
import { requireVerified } from '../auth/principal'
import { AppError } from '../errors/app-error'
import {
  acceptInvitation,
  CreatedInvitation,
  createInvitation,
  Invitation,
  listInvitations,
  NewInvitation,
  OpenInvitation,
  readInvitation,
  revokeInvitation,
} from '../members/invitations'
import { InTenant } from '../schemas'
import { publicProcedure, router, signedInProcedure, tenantProcedure } from '../trpc'

const tags = ['Invitations']
const Value = z.object({ value: z.string().max(200) })

export const invitationRouter = router({
  list: tenantProcedure('MEMBER:READ')
    .meta({ openapi: { method: 'GET', path: '/{tenant}/invitations', tags, summary: 'Invitations still open' } })
    .input(InTenant)
    .output(z.array(Invitation))
    .query(({ ctx }) => listInvitations(ctx.scope)),

  create: tenantProcedure('MEMBER:CREATE')
    .meta({
      openapi: { method: 'POST', path: '/{tenant}/invitations', tags, summary: 'Make a link that invites once' },
    })
    .input(InTenant.extend(NewInvitation.shape))
    .output(CreatedInvitation)
    .mutation(({ ctx, input: { tenant: _tenant, ...wanted } }) => createInvitation(ctx.scope, wanted)),

  revoke: tenantProcedure('MEMBER:DELETE')
    .meta({
      openapi: { method: 'DELETE', path: '/{tenant}/invitations/{id}', tags, summary: 'End an invitation' },
      successStatus: 204,
    })
    .input(InTenant.extend({ id: z.uuid() }))
    .output(z.object({ id: z.string() }))
    .mutation(({ ctx, input }) => revokeInvitation(ctx.scope, input.id)),

  read: publicProcedure
    .input(Value)
    .output(OpenInvitation)
    .query(({ input }) => readInvitation(input.value)),

  accept: signedInProcedure
    .input(Value)
    .output(z.object({ tenant: z.string() }))
    .mutation(({ ctx: { principal }, input }) => {
      if (principal.kind !== 'session') throw new AppError('FORBIDDEN', 'Take an invitation in the browser, signed in')
      requireVerified(principal)
      return acceptInvitation(input.value, principal)
    }),
})
