'use client'

import { useQuery } from '@tanstack/react-query'
import { commonText } from '#text/common'
import { membersText } from '#text/members'
import { Field } from '#ui/ui/field'
import { Input, NativeSelect } from '#ui/ui/input'
import { useTenant } from '#web/components/tenant'
import { useTRPC } from '#web/components/trpc'

export type BindingText = { role: string; namespace: string }
export const emptyBinding: BindingText = { role: 'VIEWER', namespace: '' }

export function toNewBinding({ role, namespace }: BindingText) {
  return { role, namespace: namespace.trim() || null }
}

/** A role and where it holds. */
export function BindingFields({ value, onChange }: { value: BindingText; onChange: (value: BindingText) => void }) {
  const trpc = useTRPC()
  const roles = useQuery(trpc.role.list.queryOptions({ tenant: useTenant() }))
  const chosen = roles.data?.find(({ id }) => id === value.role)
  return (
    <>
      <Field label={membersText.role} help={chosen?.description}>
        <NativeSelect value={value.role} onChange={event => onChange({ ...value, role: event.target.value })}>
          {roles.data?.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </NativeSelect>
      </Field>
      <Field label={commonText.namespace} isOptional help={membersText.roleNamespaceHelp}>
        <Input
          className="font-mono"
          placeholder="company.team"
          spellCheck={false}
          autoCapitalize="none"
          value={value.namespace}
          onChange={event => onChange({ ...value, namespace: event.target.value })}
        />
      </Field>
    </>
  )
}
