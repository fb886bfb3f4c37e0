'use client'

import { useMutation } from '@tanstack/react-query'
import type { JsonObject } from '#language/json'
import { executionText } from '#text/execution'
import { InputsForm } from '#ui/execute/InputsForm'
import { Dialog, DialogContent } from '#ui/ui/dialog'
import { parseInputs } from '#web/components/execute/parse-inputs'
import { resumeExecution } from '#web/components/execute/send-inputs'
import { useTenant } from '#web/components/tenant'
import type { Execution } from '#web/server/executions/execution'

export function ResumeDialog({
  executionId,
  inputs,
  onClose,
  onDone,
}: {
  executionId: string
  inputs: JsonObject[]
  onClose: () => void
  onDone: (execution: Execution) => void
}) {
  const tenant = useTenant()
  const resume = useMutation({ mutationFn: resumeExecution, onSuccess: onDone })
  return (
    <Dialog open onOpenChange={isOpen => !isOpen && onClose()}>
      <DialogContent title={executionText.resume} description={executionText.taskAsksFor}>
        <InputsForm
          inputs={parseInputs(inputs)}
          action={executionText.resume}
          error={resume.error}
          isBusy={resume.isPending}
          onSubmit={sent => resume.mutate({ tenant, id: executionId, inputs: sent })}
        />
      </DialogContent>
    </Dialog>
  )
}
