'use client'

import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { commonText } from '#text/common'
import { filesText } from '#text/files'
import { FormDialog } from '#ui/FormDialog'
import { Field } from '#ui/ui/field'
import { Input } from '#ui/ui/input'
import { useTenant } from '#web/components/tenant'
import { useTRPC } from '#web/components/trpc'
import { useNamespaceChange } from '../use-namespace'

/** `onClose` gets the path of the file that was made. */
export function NewFileDialog({ namespace, onClose }: { namespace: string; onClose: (path?: string) => void }) {
  const tenant = useTenant()
  const trpc = useTRPC()
  const [path, setPath] = useState('')
  const { onSuccess } = useNamespaceChange(() => onClose(path))(filesText.madeTheFile)
  const write = useMutation(trpc.file.write.mutationOptions({ onSuccess }))
  return (
    <FormDialog
      title={filesText.newFile}
      action={commonText.create}
      error={write.error}
      isBusy={write.isPending}
      onSubmit={() => write.mutate({ tenant, namespace, path, content: '' })}
      onClose={() => onClose()}
    >
      <PathField value={path} onChange={setPath} />
    </FormDialog>
  )
}

export function PathField({ value, onChange }: { value: string; onChange: (path: string) => void }) {
  return (
    <Field label={filesText.path} help={filesText.pathHelp}>
      <Input
        required
        autoFocus
        maxLength={700}
        spellCheck={false}
        autoCapitalize="none"
        className="font-mono"
        value={value}
        onChange={event => onChange(event.target.value)}
      />
    </Field>
  )
}
