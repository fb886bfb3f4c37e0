'use client'

import { useEffect } from 'react'
import { NextSteps } from './NextSteps'
import { TourBox } from './TourBox'
import { useTourView } from './use-tour-view'
import { WatchExecution } from './WatchExecution'

/** Leads a newcomer from a blueprint to a green execution; for those who may make flows and run them. */
export function Tour() {
  const { step, reached, setStep, path, view } = useTourView()

  // biome-ignore lint/correctness/useExhaustiveDependencies: setting is new each time and does the same
  useEffect(() => {
    if (reached !== undefined && reached !== step) setStep(reached)
  }, [reached, step])

  if (view?.text === undefined) return null
  const executionId = reached === 'WATCH' ? /^\/executions\/([^/]+)$/.exec(path)?.[1] : undefined
  return (
    <TourBox
      key={view.title}
      view={view}
      onStep={setStep}
      onSkip={() => setStep(reached === 'NEXT' ? 'DONE' : 'SKIPPED')}
    >
      {executionId && <WatchExecution id={executionId} onGreen={() => setStep('NEXT')} />}
      {reached === 'NEXT' && <NextSteps onEnd={() => setStep('DONE')} />}
    </TourBox>
  )
}
