'use client'

import { useQuery } from '@tanstack/react-query'
import { blueprintText } from '#text/blueprint'
import { commonText } from '#text/common'
import { Field } from '#ui/ui/field'
import { Input } from '#ui/ui/input'
import { useMay, useTenant } from '#web/components/tenant'
import { useTRPC } from '#web/components/trpc'

/** A namespace: one that is there, offered while one types, or a new one. */
export function NamespaceField({
  id,
  value,
  onChange,
  problem,
}: {
  /** Of the list of those that are there. */
  id: string
  value: string
  onChange: (namespace: string) => void
  problem?: string
}) {
  const tenant = useTenant()
  const trpc = useTRPC()
  const mayRead = useMay()('NAMESPACE:READ')
  const namespaces = useQuery({ ...trpc.namespace.list.queryOptions({ tenant }), enabled: mayRead })
  return (
    <>
      <Field label={commonText.namespace} help={blueprintText.namespaceHelp} problem={problem}>
        <Input
          required
          maxLength={150}
          spellCheck={false}
          autoCapitalize="none"
          className="font-mono"
          list={id}
          value={value}
          onChange={event => onChange(event.target.value)}
        />
      </Field>
      <datalist id={id}>
        {namespaces.data?.results.map(namespace => (
          <option key={namespace.id} value={namespace.id} />
        ))}
      </datalist>
    </>
  )
}
