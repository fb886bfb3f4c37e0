'use client'

import { usePathname } from 'next/navigation'
import { useMay, useTenant } from '#web/components/tenant'
import { useTour } from './use-tour'
import { stepOn, viewOf } from './views'

/** What the tour says on this page to those who may make flows and run them; `reached` is the step that being here amounts to. */
export function useTourView() {
  const [step, setStep] = useTour()
  const tenant = useTenant()
  const may = useMay()
  const path = usePathname().slice(`/${tenant}`.length)
  const reached = step && stepOn(step, path)
  const isFor = may('FLOW:CREATE') && may('FLOW:EXECUTE')
  return { step, reached, setStep, path, view: isFor && reached ? viewOf(reached, path) : undefined }
}
