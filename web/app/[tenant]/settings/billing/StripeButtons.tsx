'use client'

import { useMutation } from '@tanstack/react-query'
import { settingsText } from '#text/settings'
import { Button } from '#ui/ui/button'
import { useToast } from '#ui/ui/toast'
import { messageOf } from '#web/components/request-error'
import { usePermissions, useTenant } from '#web/components/tenant'
import { useTRPC } from '#web/components/trpc'

/** Leads to Stripe's page, where the plan is paid for. */
export function CheckoutButton({ plan }: { plan: 'TEAM' | 'SCALE' }) {
  const tenant = useTenant()
  const checkout = useMutation(useTRPC().billing.checkout.mutationOptions(useLeaving()))
  return (
    <Button variant="primary" isBusy={checkout.isPending} onClick={() => checkout.mutate({ tenant, plan })}>
      {settingsText.upgradeTo(plan)}
    </Button>
  )
}

/** Leads to Stripe's page for those who have bought something. */
export function PortalButton() {
  const tenant = useTenant()
  const portal = useMutation(useTRPC().billing.portal.mutationOptions(useLeaving()))
  if (!usePermissions().includes('BILLING:UPDATE')) return null
  return (
    <Button isBusy={portal.isPending} onClick={() => portal.mutate({ tenant, page: 'overview' })}>
      {settingsText.invoicesAndPayment}
    </Button>
  )
}

function useLeaving() {
  const toast = useToast()
  return {
    onSuccess: ({ url }: { url: string }) => window.location.assign(url),
    onError: (error: unknown) => toast(messageOf(error), 'danger'),
  }
}
