'use client'

import { useRouter } from 'next/navigation'
import { useTenant } from '#web/components/tenant'
import type { Tour } from '#web/server/accounts/tour'
import type { TourView } from './views'

/** Does what the button of a view says. */
export function useTourAction(onStep: (step: Tour) => void) {
  const tenant = useTenant()
  const router = useRouter()
  return ({ step, path }: NonNullable<TourView['action']>) => {
    if (step) onStep(step)
    if (path) router.push(`/${tenant}${path}`)
  }
}
