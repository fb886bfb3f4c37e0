'use client'

import { useMutation } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { stringify } from 'yaml'
import type { Json } from '#language/json'
import { commonText } from '#text/common'
import { Alert } from '#ui/ui/alert'
import { Button } from '#ui/ui/button'
import { Field } from '#ui/ui/field'
import { Textarea } from '#ui/ui/input'
import { messageOf } from '#web/components/request-error'
import { useMay, useTenant } from '#web/components/tenant'
import { useTRPC } from '#web/components/trpc'
import { readYaml } from './read-yaml'
import { useNamespaceChange } from './use-namespace'

type Change = { variables?: Record<string, Json>; pluginDefaults?: never }

/** A setting of a namespace as YAML text, checked while one types. */
export function YamlSetting({
  id,
  label,
  said,
  help,
  kind,
  value,
  example,
  toChange,
}: {
  id: string
  label: string
  /** Told once it is saved. */
  said: string
  help: ReactNode
  kind: 'map' | 'list'
  value: Json
  example: string
  toChange: (value: Json) => Change
}) {
  const tenant = useTenant()
  const trpc = useTRPC()
  const mayChange = useMay()('NAMESPACE:UPDATE', id)
  const [saved, setSaved] = useState(() => toText(value))
  const [text, setText] = useState(saved)
  const { onSuccess } = useNamespaceChange()(said)
  const update = useMutation(trpc.namespace.update.mutationOptions({ onSuccess }))
  const read = readYaml(text, kind)
  function save() {
    // What was sent is saved: more may be typed before the answer.
    if ('value' in read) update.mutate({ tenant, id, ...toChange(read.value) }, { onSuccess: () => setSaved(text) })
  }
  return (
    <div className="max-w-3xl space-y-3 p-4 sm:p-6">
      {update.error && <Alert tone="danger">{messageOf(update.error)}</Alert>}
      <Field label={label} help={help} problem={'problem' in read ? read.problem : undefined}>
        <Textarea
          className="min-h-72"
          spellCheck={false}
          readOnly={!mayChange}
          placeholder={example}
          value={text}
          onChange={event => setText(event.target.value)}
        />
      </Field>
      {mayChange && (
        <Button
          variant="primary"
          disabled={text === saved || 'problem' in read}
          isBusy={update.isPending}
          onClick={save}
        >
          {commonText.save}
        </Button>
      )}
    </div>
  )
}

function toText(value: Json): string {
  const isEmpty = typeof value === 'object' && value !== null && Object.keys(value).length === 0
  return isEmpty ? '' : stringify(value)
}
