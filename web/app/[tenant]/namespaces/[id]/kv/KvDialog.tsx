'use client'

import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { commonText } from '#text/common'
import { namespaceText } from '#text/namespace'
import { FormDialog } from '#ui/FormDialog'
import { Alert } from '#ui/ui/alert'
import { Field } from '#ui/ui/field'
import { Input, NativeSelect, Textarea } from '#ui/ui/input'
import { useMay, useTenant } from '#web/components/tenant'
import { type Outputs, useTRPC } from '#web/components/trpc'
import type { KvType } from '#web/server/kv/kv'
import { useNamespaceChange } from '../use-namespace'
import { readKvInput, toKvText } from './kv-input'

const types: Record<KvType, { label: string; placeholder?: string }> = {
  STRING: { label: commonText.text },
  NUMBER: { label: namespaceText.number, placeholder: '1.5' },
  BOOLEAN: { label: namespaceText.yesOrNo },
  DATETIME: { label: namespaceText.dateAndTime, placeholder: '2030-01-31T10:00:00Z' },
  DATE: { label: namespaceText.date, placeholder: '2030-01-31' },
  DURATION: { label: commonText.duration, placeholder: 'PT1H30M' },
  JSON: { label: 'JSON', placeholder: '{"city": "Ghent"}' },
}
const typeNames = Object.keys(types) as KvType[]

/** An entry to look at and change; a new one where none is known. */
export function KvDialog({
  namespace,
  known,
  onClose,
}: {
  namespace: string
  known: string | undefined
  onClose: () => void
}) {
  const tenant = useTenant()
  const trpc = useTRPC()
  const entry = useQuery(
    trpc.kv.get.queryOptions({ tenant, namespace, key: known ?? '' }, { enabled: known !== undefined, gcTime: 0 }),
  )
  if (known !== undefined && entry.data === undefined) {
    if (!entry.isError) return null
    return (
      <FormDialog
        title={known}
        action={commonText.close}
        error={entry.error}
        isBusy={false}
        onSubmit={onClose}
        onClose={onClose}
      >
        {null}
      </FormDialog>
    )
  }
  return <KvForm namespace={namespace} entry={entry.data} onClose={onClose} />
}

function KvForm({
  namespace,
  entry,
  onClose,
}: {
  namespace: string
  entry: Outputs['kv']['get'] | undefined
  onClose: () => void
}) {
  const tenant = useTenant()
  const trpc = useTRPC()
  const mayChange = useMay()(entry === undefined ? 'KV:CREATE' : 'KV:UPDATE', namespace)
  const { onSuccess } = useNamespaceChange(onClose)(namespaceText.setTheEntry)
  const put = useMutation(trpc.kv.put.mutationOptions({ onSuccess }))
  const [key, setKey] = useState(entry?.key ?? '')
  const [type, setType] = useState<KvType>(typeNames.find(name => name === entry?.type) ?? 'STRING')
  const [text, setText] = useState(entry === undefined ? '' : toKvText(entry.value))
  const [ttl, setTtl] = useState('')
  const [problem, setProblem] = useState<string>()
  function submit() {
    const input = readKvInput(type, text)
    setProblem('problem' in input ? input.problem : undefined)
    if (!mayChange) onClose()
    else if ('value' in input) put.mutate({ tenant, namespace, key, type, value: input.value, ...(ttl && { ttl }) })
  }
  return (
    <FormDialog
      title={entry?.key ?? namespaceText.newEntry}
      action={mayChange ? namespaceText.set : commonText.close}
      error={put.error}
      isBusy={put.isPending}
      onSubmit={submit}
      onClose={onClose}
    >
      {entry === undefined && (
        <Field label={namespaceText.key} help={namespaceText.keyHelp}>
          <Input
            required
            autoFocus
            maxLength={256}
            spellCheck={false}
            autoCapitalize="none"
            className="font-mono"
            value={key}
            onChange={event => setKey(event.target.value)}
          />
        </Field>
      )}
      <Field label={commonText.type}>
        <NativeSelect
          disabled={!mayChange}
          value={type}
          onChange={event => {
            setType(typeNames.find(name => name === event.target.value) ?? 'STRING')
            if (event.target.value === 'BOOLEAN') setText('true')
          }}
        >
          {typeNames.map(name => (
            <option key={name} value={name}>
              {types[name].label}
            </option>
          ))}
        </NativeSelect>
      </Field>
      <Field
        label={commonText.value}
        problem={problem}
        help={types[type].placeholder && namespaceText.asInExample(types[type].placeholder)}
      >
        {type === 'BOOLEAN' ? (
          <NativeSelect disabled={!mayChange} value={text} onChange={event => setText(event.target.value)}>
            <option value="true">true</option>
            <option value="false">false</option>
          </NativeSelect>
        ) : (
          <Textarea
            readOnly={!mayChange}
            spellCheck={false}
            value={text}
            onChange={event => setText(event.target.value)}
          />
        )}
      </Field>
      {mayChange && (
        <Field label={namespaceText.timeToLive} isOptional help={namespaceText.timeToLiveHelp}>
          <Input maxLength={50} placeholder="P30D" value={ttl} onChange={event => setTtl(event.target.value)} />
        </Field>
      )}
      {entry?.expires && (
        <Alert tone="info">
          <span suppressHydrationWarning>{namespaceText.goesByItselfOn(new Date(entry.expires).toLocaleString())}</span>
        </Alert>
      )}
    </FormDialog>
  )
}
