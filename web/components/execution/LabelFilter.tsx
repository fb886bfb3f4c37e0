'use client'

import { Tag } from 'lucide-react'
import { useState } from 'react'
import { commonText } from '#text/common'
import { executionText } from '#text/execution'
import { FormDialog } from '#ui/FormDialog'
import { Button } from '#ui/ui/button'
import { Field } from '#ui/ui/field'
import { Input } from '#ui/ui/input'

/** Adds a label that executions must have. */
export function LabelFilter({
  labels,
  onChange,
}: {
  labels: string[]
  onChange: (values: { labels: string | undefined }) => void
}) {
  const [isOpen, setIsOpen] = useState(false)
  const [key, setKey] = useState('')
  const [value, setValue] = useState('')
  function add() {
    const label = `${key.trim()}:${value.trim()}`
    onChange({ labels: [...labels.filter(one => one !== label), label].join(',') })
    setKey('')
    setValue('')
    setIsOpen(false)
  }
  return (
    <>
      <Button className="font-normal" onClick={() => setIsOpen(true)} title={executionText.onlyWithALabel}>
        <Tag className="text-faint" aria-hidden /> {executionText.label}
      </Button>
      {isOpen && (
        <FormDialog
          title={executionText.executionsWithALabel}
          action={executionText.filter}
          error={null}
          isBusy={false}
          onSubmit={add}
          onClose={() => setIsOpen(false)}
        >
          <Field label={executionText.key}>
            <Input required autoFocus pattern="[^:,]+" value={key} onChange={event => setKey(event.target.value)} />
          </Field>
          <Field label={commonText.value}>
            <Input required value={value} onChange={event => setValue(event.target.value)} />
          </Field>
        </FormDialog>
      )}
    </>
  )
}
