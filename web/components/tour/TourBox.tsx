'use client'

import { X } from 'lucide-react'
import { type ReactNode, useEffect, useId, useRef } from 'react'
import { tourText } from '#text/tour'
import { Button } from '#ui/ui/button'
import { cn } from '#web/components/class-names'
import type { Tour } from '#web/server/accounts/tour'
import { Progress } from './Progress'
import { usePlace, useTarget } from './use-target'
import { useTourAction } from './use-tour-action'
import { type TourView, viewCount } from './views'

/** A small box beside what it speaks of; in the corner where that is not to be seen. It blocks nothing. */
export function TourBox({
  view: { position, title, text, target, action },
  onStep,
  onSkip,
  children,
}: {
  view: TourView
  onStep: (step: Tour) => void
  onSkip: () => void
  children?: ReactNode
}) {
  const act = useTourAction(onStep)
  const box = useRef<HTMLElement>(null)
  const place = usePlace(useTarget(target), box)
  const id = useId()

  useEffect(() => {
    // After a change of page the focus is nowhere: then it is led here, so that the tour goes by keyboard, too.
    if (document.activeElement === document.body) box.current?.focus({ preventScroll: true })
  }, [])

  return (
    <section
      ref={box}
      tabIndex={-1}
      aria-labelledby={`${id}-title`}
      onKeyDown={event => event.key === 'Escape' && onSkip()}
      style={place}
      className={cn(
        'fixed z-30 w-80 max-w-[calc(100vw-1rem)] rounded-xl border border-accent/40 bg-surface p-4 shadow-pop outline-none',
        'animate-appear',
        !place && 'right-4 bottom-4 max-sm:inset-x-2 max-sm:bottom-2 max-sm:w-auto',
      )}
    >
      <div className="flex items-start gap-2">
        <h2 id={`${id}-title`} className="min-w-0 flex-1 font-semibold text-sm">
          {title}
        </h2>
        <Button
          variant="ghost"
          size="icon"
          className="-mt-1.5 -mr-1.5 size-7"
          aria-label={tourText.endTheTour}
          onClick={onSkip}
        >
          <X />
        </Button>
      </div>
      <p aria-live="polite" className="mt-1 text-[13px] text-muted">
        {text}
      </p>
      {children}
      <div className="mt-3 flex items-center gap-2">
        <Progress position={position} />
        {position < viewCount && (
          <button
            type="button"
            onClick={onSkip}
            className="ml-auto whitespace-nowrap rounded px-1 text-faint text-xs hover:text-fg"
          >
            {tourText.skipTheTour}
          </button>
        )}
        {action && (
          <Button size="sm" variant="primary" onClick={() => act(action)}>
            {action.label}
          </Button>
        )}
      </div>
    </section>
  )
}
