'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { membersText } from '#text/members'
import { Alert } from '#ui/ui/alert'
import { Field } from '#ui/ui/field'
import { Input, NativeSelect } from '#ui/ui/input'
import { messageOf } from '#web/components/request-error'
import { useTenant } from '#web/components/tenant'
import { useTRPC } from '#web/components/trpc'
import { nameOf, type Role } from './use-seats'

type Permission = Role['permissions'][number]

/** Why a member may, or may not, do a thing. */
export function ExplainTab() {
  const tenant = useTenant()
  const trpc = useTRPC()
  const members = useQuery(trpc.member.list.queryOptions({ tenant }))
  const roles = useQuery(trpc.role.list.queryOptions({ tenant }))
  const [userId, setUserId] = useState('')
  const [permission, setPermission] = useState<Permission>('FLOW:UPDATE')
  const [namespace, setNamespace] = useState('')
  const chosen = userId || members.data?.[0]?.userId
  const why = useQuery(
    trpc.member.explain.queryOptions(
      { tenant, userId: chosen ?? '', permission, ...(namespace.trim() && { namespace: namespace.trim() }) },
      { enabled: chosen !== undefined, retry: false },
    ),
  )
  const all = roles.data?.find(({ id }) => id === 'OWNER')?.permissions ?? []
  return (
    <div className="max-w-2xl space-y-4 p-4 sm:p-6">
      <div className="grid gap-4 sm:grid-cols-3">
        <Field label={membersText.member}>
          <NativeSelect value={chosen} onChange={event => setUserId(event.target.value)}>
            {members.data?.map(member => (
              <option key={member.userId} value={member.userId}>
                {nameOf(member)}
              </option>
            ))}
          </NativeSelect>
        </Field>
        <Field label={membersText.mayThey}>
          <NativeSelect
            value={permission}
            onChange={event => setPermission(all.find(known => known === event.target.value) ?? permission)}
          >
            {all.map(name => (
              <option key={name}>{name}</option>
            ))}
          </NativeSelect>
        </Field>
        <Field label={membersText.inTheNamespace} isOptional>
          <Input
            className="font-mono"
            placeholder="company.team"
            value={namespace}
            onChange={event => setNamespace(event.target.value)}
          />
        </Field>
      </div>
      {why.isError && <Alert tone="danger">{messageOf(why.error)}</Alert>}
      {why.data && (
        <>
          <Alert tone={why.data.isAllowed ? 'info' : 'warning'}>{why.data.summary}</Alert>
          <ul className="space-y-1 text-[13px]">
            {why.data.roles.map(({ role, namespace: at, group, gives, reason }) => (
              <li key={`${role}/${at}/${group}`}>
                {membersText.reasonOfRole(
                  { namespace: at, group, reason },
                  {
                    role: <span className="font-medium">{role}</span>,
                    namespace: text => <span className="font-mono text-muted">{text}</span>,
                    group: text => <span className="text-muted">{text}</span>,
                    reason: text => <span className={gives ? 'text-success' : 'text-muted'}>{text}</span>,
                  },
                )}
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  )
}
