import { z } from 'zod'
import { openCheckout, openPortal, portalPages } from '../billing/customer-pages'
import { listUsage, Usage } from '../billing/list-usage'
import { BillingState, readBilling } from '../billing/read-billing'
import { paidPlans } from '../billing/stripe'
import { InTenant, integer } from '../schemas'
import { router, tenantProcedure } from '../trpc'

const tags = ['Billing']
const Page = z.object({ url: z.string() })

export const billingRouter = router({
  plan: tenantProcedure('BILLING:READ')
    .meta({
      openapi: { method: 'GET', path: '/{tenant}/billing', tags, summary: 'The plan, its limits, what is used' },
    })
    .input(InTenant)
    .output(BillingState)
    .query(({ ctx }) => readBilling(ctx.scope)),

  usage: tenantProcedure('BILLING:READ')
    .meta({
      openapi: { method: 'GET', path: '/{tenant}/billing/usage', tags, summary: 'Usage by day, flow and namespace' },
    })
    .input(InTenant.extend({ days: integer(1, 366).default(30) }))
    .output(Usage)
    .query(({ ctx, input }) => listUsage(ctx.scope, input.days)),

  checkout: tenantProcedure('BILLING:UPDATE')
    .meta({
      openapi: { method: 'POST', path: '/{tenant}/billing/checkout', tags, summary: "Stripe's page that sells a plan" },
    })
    .input(InTenant.extend({ plan: z.enum(paidPlans) }))
    .output(Page)
    .mutation(({ ctx, input }) => openCheckout(ctx.scope, input.plan)),

  portal: tenantProcedure('BILLING:UPDATE')
    .meta({
      openapi: { method: 'POST', path: '/{tenant}/billing/portal', tags, summary: "Stripe's page for its customer" },
    })
    .input(InTenant.extend({ page: z.enum(portalPages) }))
    .output(Page)
    .mutation(({ ctx, input }) => openPortal(ctx.scope, input.page)),
})
