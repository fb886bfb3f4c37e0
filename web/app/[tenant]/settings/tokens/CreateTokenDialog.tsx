'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { CopyButton } from '#ui/CopyButton'
import { Alert } from '#ui/ui/alert'
import { Button } from '#ui/ui/button'
import { Dialog, DialogBody, DialogClose, DialogContent, DialogFooter } from '#ui/ui/dialog'
import { Field } from '#ui/ui/field'
import { Input, NativeSelect } from '#ui/ui/input'
import { messageOf } from '#web/components/request-error'
import { useTenant } from '#web/components/tenant'
import { useTRPC } from '#web/components/trpc'

const lifetimes = [
  { days: 30, label: '30 days' },
  { days: 90, label: '90 days' },
  { days: 365, label: 'A year' },
  { days: undefined, label: 'Never' },
]

export function CreateTokenDialog({ onClose }: { onClose: () => void }) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const create = useMutation(
    trpc.token.create.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries(trpc.token.list.pathFilter()),
    }),
  )
  return (
    <Dialog open onOpenChange={isOpen => !isOpen && onClose()}>
      <DialogContent title={create.data ? 'Copy your token' : 'New API token'}>
        {create.data ? (
          <CreatedToken value={create.data.value} />
        ) : (
          <TokenForm error={create.error} isBusy={create.isPending} onSubmit={create.mutate} />
        )}
      </DialogContent>
    </Dialog>
  )
}

function TokenForm({
  error,
  isBusy,
  onSubmit,
}: {
  error: unknown
  isBusy: boolean
  onSubmit: (token: { tenant: string; name: string; expiresInDays?: number }) => void
}) {
  const tenant = useTenant()
  const [name, setName] = useState('')
  const [lifetime, setLifetime] = useState(1)
  function submit(event: FormEvent) {
    event.preventDefault()
    onSubmit({ tenant, name, expiresInDays: lifetimes[lifetime]?.days })
  }
  return (
    <form onSubmit={submit}>
      <DialogBody className="space-y-4">
        {error !== null && <Alert tone="danger">{messageOf(error)}</Alert>}
        <Field label="Name" help="What uses it, so that you know later what to revoke.">
          <Input
            required
            autoFocus
            maxLength={100}
            placeholder="CI"
            value={name}
            onChange={event => setName(event.target.value)}
          />
        </Field>
        <Field label="Expires after">
          <NativeSelect value={lifetime} onChange={event => setLifetime(Number(event.target.value))}>
            {lifetimes.map(({ label }, index) => (
              <option key={label} value={index}>
                {label}
              </option>
            ))}
          </NativeSelect>
        </Field>
      </DialogBody>
      <DialogFooter>
        <DialogClose asChild>
          <Button>Cancel</Button>
        </DialogClose>
        <Button type="submit" variant="primary" isBusy={isBusy}>
          Create token
        </Button>
      </DialogFooter>
    </form>
  )
}

function CreatedToken({ value }: { value: string }) {
  return (
    <>
      <DialogBody className="space-y-3">
        <Alert tone="warning">This is the only time it is shown. Keep it where secrets belong.</Alert>
        <div className="flex items-center gap-2 rounded-md border bg-subtle py-1 pr-1 pl-3">
          <code className="min-w-0 flex-1 break-all text-xs" data-testid="token-value">
            {value}
          </code>
          <CopyButton text={value} label="Copy the token" />
        </div>
      </DialogBody>
      <DialogFooter>
        <DialogClose asChild>
          <Button variant="primary">Done</Button>
        </DialogClose>
      </DialogFooter>
    </>
  )
}
