import { type FormEvent, useState } from 'react'
import { commonText } from '#text/common'
import { graphText } from '#text/graph'
import { Button } from '#ui/ui/button'
import { Dialog, DialogBody, DialogContent, DialogFooter } from '#ui/ui/dialog'
import { Field } from '#ui/ui/field'
import { Input } from '#ui/ui/input'

/** Asks for the value that a new case of a Switch is for. */
export function CaseDialog({ onName, onClose }: { onName: (name: string) => void; onClose: () => void }) {
  const [name, setName] = useState('')
  function submit(event: FormEvent) {
    event.preventDefault()
    if (name.trim()) onName(name.trim())
  }
  return (
    <Dialog open onOpenChange={isOpen => !isOpen && onClose()}>
      <DialogContent title={graphText.addACase} description={graphText.whenACaseRuns}>
        <form onSubmit={submit}>
          <DialogBody>
            <Field label={commonText.value}>
              <Input value={name} onChange={event => setName(event.target.value)} autoFocus />
            </Field>
          </DialogBody>
          <DialogFooter>
            <Button type="submit" variant="primary" disabled={!name.trim()}>
              {graphText.chooseItsFirstTask}
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  )
}
