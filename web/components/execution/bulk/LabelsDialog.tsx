'use client'

import { useState } from 'react'
import { commonText } from '#text/common'
import { executionText } from '#text/execution'
import { Button } from '#ui/ui/button'
import { Dialog, DialogBody, DialogContent, DialogFooter } from '#ui/ui/dialog'
import { Field } from '#ui/ui/field'
import { Textarea } from '#ui/ui/input'
import type { Label } from '#web/server/schemas'
import { parseLabels } from './parse-labels'

/** Labels to add to ended executions, one a line. */
export function LabelsDialog({
  count,
  onClose,
  onSubmit,
}: {
  count: string
  onClose: () => void
  onSubmit: (labels: Label[]) => void
}) {
  const [text, setText] = useState('')
  const [problem, setProblem] = useState<string>()
  return (
    <Dialog open onOpenChange={isOpen => !isOpen && onClose()}>
      <DialogContent title={executionText.addLabels} description={executionText.toEndedExecutions(count)}>
        <form
          onSubmit={event => {
            event.preventDefault()
            const parsed = parseLabels(text)
            if ('problem' in parsed) setProblem(parsed.problem)
            else onSubmit(parsed.labels)
          }}
        >
          <DialogBody>
            <Field label={executionText.labels} help={executionText.labelsHelp} problem={problem}>
              <Textarea value={text} rows={4} onChange={event => setText(event.target.value)} />
            </Field>
          </DialogBody>
          <DialogFooter>
            <Button onClick={onClose}>{commonText.cancel}</Button>
            <Button type="submit" variant="primary">
              {commonText.add}
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  )
}
