'use client'

import { X } from 'lucide-react'
import { tourText } from '#text/tour'
import { Button } from '#ui/ui/button'
import { Progress } from './Progress'
import { useTourAction } from './use-tour-action'
import { useTourView } from './use-tour-view'

/** The tour in the side bar, while somebody is on a page that is not its own. */
export function TourAside({ onNavigate }: { onNavigate?: () => void }) {
  const { view, setStep } = useTourView()
  const act = useTourAction(setStep)
  if (view === undefined || view.text !== undefined) return null
  const { title, position, action } = view
  return (
    <section aria-label={tourText.tour} className="rounded-lg border border-accent/40 bg-surface p-2.5">
      <div className="flex items-center">
        <h2 className="flex-1 font-medium text-[13px]">{title}</h2>
        <Button
          variant="ghost"
          size="icon"
          className="-mt-1 -mr-1 size-6"
          aria-label={tourText.endTheTour}
          onClick={() => setStep('SKIPPED')}
        >
          <X />
        </Button>
      </div>
      <div className="mt-1.5 flex items-center justify-between">
        <Progress position={position} />
        {action && (
          <Button
            size="sm"
            onClick={() => {
              act(action)
              onNavigate?.()
            }}
          >
            {action.label}
          </Button>
        )}
      </div>
    </section>
  )
}
