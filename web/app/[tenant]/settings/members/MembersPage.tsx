'use client'

import { useState } from 'react'
import { commonText } from '#text/common'
import { membersText } from '#text/members'
import { PageHeader } from '#ui/shell/PageHeader'
import { Button } from '#ui/ui/button'
import { Tabs, TabsContent, TabsList, TabsTrigger } from '#ui/ui/tabs'
import { useUrlState } from '#web/components/url-state'
import { ExplainTab } from './ExplainTab'
import { GroupsTab } from './GroupsTab'
import { InvitationsTab } from './InvitationsTab'
import { InviteDialog } from './InviteDialog'
import { MembersTab } from './MembersTab'
import { RolesTab } from './RolesTab'
import { ServiceDialog } from './ServiceDialog'

const tabs = [
  { value: 'members', label: commonText.members, Content: MembersTab },
  { value: 'groups', label: membersText.groups, Content: GroupsTab },
  { value: 'roles', label: membersText.roles, Content: RolesTab },
  { value: 'invitations', label: membersText.invitations, Content: InvitationsTab },
  { value: 'explain', label: membersText.whoMayWhat, Content: ExplainTab },
] as const

/** Who belongs to the tenant, and what each may do. */
export function MembersPage() {
  const [params, setParams] = useUrlState()
  const [dialog, setDialog] = useState<'invite' | 'service'>()
  const close = () => setDialog(undefined)
  return (
    <>
      <PageHeader
        title={commonText.members}
        actions={
          <>
            <Button onClick={() => setDialog('service')}>{membersText.newServiceAccount}</Button>
            <Button variant="primary" onClick={() => setDialog('invite')}>
              {membersText.invite}
            </Button>
          </>
        }
      />
      <Tabs value={params.get('tab') ?? 'members'} onValueChange={tab => setParams({ tab })}>
        <TabsList>
          {tabs.map(({ value, label }) => (
            <TabsTrigger key={value} value={value}>
              {label}
            </TabsTrigger>
          ))}
        </TabsList>
        {tabs.map(({ value, Content }) => (
          <TabsContent key={value} value={value}>
            <Content />
          </TabsContent>
        ))}
      </Tabs>
      {dialog === 'invite' && <InviteDialog onClose={close} />}
      {dialog === 'service' && <ServiceDialog onClose={close} />}
    </>
  )
}
