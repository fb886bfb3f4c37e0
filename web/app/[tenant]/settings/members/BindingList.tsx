'use client'

import { X } from 'lucide-react'
import { membersText } from '#text/members'
import { useTenant } from '#web/components/tenant'
import { type Binding, useRemoveRole } from './use-seats'

/** The roles of a member or a group, each with where it holds and a way to take it back. */
export function BindingList({ bindings, holder }: { bindings: Binding[]; holder: string }) {
  const tenant = useTenant()
  const remove = useRemoveRole()
  if (bindings.length === 0) return <span className="text-faint text-xs">{membersText.noRole}</span>
  return (
    <ul className="flex flex-wrap gap-1.5">
      {bindings.map(({ id, roleName, namespace }) => (
        <li key={id} className="flex items-center gap-1 rounded-md border bg-subtle py-0.5 pr-0.5 pl-2 text-xs">
          <span className="font-medium">{roleName}</span>
          {namespace && <span className="font-mono text-muted">{membersText.inNamespace(namespace)}</span>}
          <button
            type="button"
            className="rounded p-0.5 text-muted hover:bg-hover hover:text-fg"
            aria-label={membersText.takeRoleFrom(roleName, namespace, holder)}
            disabled={remove.isPending}
            onClick={() => remove.mutate({ tenant, id })}
          >
            <X className="size-3.5" aria-hidden />
          </button>
        </li>
      ))}
    </ul>
  )
}
