'use client'

import { useMutation, useQuery } from '@tanstack/react-query'
import { Play } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useState } from 'react'
import { executionText } from '#text/execution'
import { Button } from '#ui/ui/button'
import { useTenant } from '#web/components/tenant'
import { useTRPC } from '#web/components/trpc'
import type { Execution } from '#web/server/executions/execution'
import { resumeInputs } from './resume-inputs'

const ResumeDialog = dynamic(() => import('./ResumeDialog').then(module => module.ResumeDialog))

/** Resumes at once, or asks first for what the paused task wants to know. */
export function ResumeButton({ execution, onDone }: { execution: Execution; onDone: (execution: Execution) => void }) {
  const tenant = useTenant()
  const trpc = useTRPC()
  const { id, namespace, flowId, flowRevision, taskRunList } = execution
  const flow = useQuery(trpc.flow.get.queryOptions({ tenant, namespace, id: flowId, revision: flowRevision }))
  const resume = useMutation(trpc.execution.resume.mutationOptions({ onSuccess: onDone }))
  const [isAsking, setIsAsking] = useState(false)
  const inputs = resumeInputs(flow.data?.tasks ?? [], taskRunList ?? [])
  return (
    <>
      <Button
        variant="primary"
        title={executionText.whatResumeDoes}
        disabled={flow.isPending}
        isBusy={resume.isPending}
        onClick={() => (inputs.length > 0 ? setIsAsking(true) : resume.mutate({ tenant, id }))}
      >
        <Play aria-hidden /> {executionText.resume}
      </Button>
      {isAsking && (
        <ResumeDialog
          executionId={id}
          inputs={inputs}
          onClose={() => setIsAsking(false)}
          onDone={next => {
            setIsAsking(false)
            onDone(next)
          }}
        />
      )}
    </>
  )
}
