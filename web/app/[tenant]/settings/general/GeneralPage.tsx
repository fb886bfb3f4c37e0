'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Download } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { commonText } from '#text/common'
import { settingsText } from '#text/settings'
import { LoadProblem } from '#ui/LoadProblem'
import { PageHeader } from '#ui/shell/PageHeader'
import { Button } from '#ui/ui/button'
import { Field } from '#ui/ui/field'
import { Input } from '#ui/ui/input'
import { SkeletonRows } from '#ui/ui/skeleton'
import { useToast } from '#ui/ui/toast'
import { messageOf } from '#web/components/request-error'
import { usePermissions, useTenant } from '#web/components/tenant'
import { type Outputs, useTRPC } from '#web/components/trpc'
import { DeleteTenantDialog } from './DeleteTenantDialog'
import { TransferDialog } from './TransferDialog'

type Tenant = Outputs['tenant']['get']

/** Of the tenant as a whole: its name, its owner, its archive, its end. */
export function GeneralPage() {
  const tenant = useTenant()
  const trpc = useTRPC()
  const found = useQuery(trpc.tenant.get.queryOptions({ tenant }))
  return (
    <>
      <PageHeader title={settingsText.settings} />
      {found.isPending && <SkeletonRows count={4} />}
      {found.isError && <LoadProblem error={found.error} onRetry={() => found.refetch()} />}
      {found.data && <Settings key={found.data.name} tenant={found.data} />}
    </>
  )
}

function Settings({ tenant }: { tenant: Tenant }) {
  const permissions = usePermissions()
  const [dialog, setDialog] = useState<'transfer' | 'delete'>()
  const close = () => setDialog(undefined)
  return (
    <div className="max-w-2xl divide-y px-4 sm:px-6">
      <Section title={commonText.name} text={settingsText.addressStays(tenant.slug)}>
        <NameForm tenant={tenant} isReadOnly={!permissions.includes('TENANT:UPDATE')} />
      </Section>
      {permissions.includes('TENANT:UPDATE') && (
        <Section title={settingsText.export} text={settingsText.whatExportHolds}>
          <Button asChild>
            <a href={`/api/v1/${tenant.slug}/export`} download>
              <Download aria-hidden /> {settingsText.export}
            </a>
          </Button>
        </Section>
      )}
      {permissions.includes('TENANT:DELETE') && (
        <>
          <Section title={settingsText.owner} text={settingsText.whatTransferDoes}>
            <Button onClick={() => setDialog('transfer')}>{settingsText.transferOwnership}</Button>
          </Section>
          <Section title={commonText.delete} text={settingsText.whatDeletingDoes}>
            <Button variant="danger" onClick={() => setDialog('delete')}>
              {settingsText.deleteThisTenant}
            </Button>
          </Section>
        </>
      )}
      {dialog === 'transfer' && <TransferDialog tenant={tenant} onClose={close} />}
      {dialog === 'delete' && <DeleteTenantDialog tenant={tenant} onClose={close} />}
    </div>
  )
}

function Section({ title, text, children }: { title: string; text: string; children: ReactNode }) {
  return (
    <section className="space-y-3 py-5">
      <div>
        <h2 className="font-semibold text-[15px]">{title}</h2>
        <p className="mt-0.5 text-[13px] text-muted">{text}</p>
      </div>
      {children}
    </section>
  )
}

function NameForm({ tenant, isReadOnly }: { tenant: Tenant; isReadOnly: boolean }) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const toast = useToast()
  const [name, setName] = useState(tenant.name)
  const rename = useMutation(
    trpc.tenant.rename.mutationOptions({
      onSuccess: async () => {
        await Promise.all([
          queryClient.invalidateQueries(trpc.tenant.pathFilter()),
          queryClient.invalidateQueries(trpc.account.pathFilter()),
        ])
        toast(settingsText.renamedTheTenant)
      },
      onError: error => toast(messageOf(error), 'danger'),
    }),
  )
  return (
    <form
      className="flex items-end gap-2"
      onSubmit={event => {
        event.preventDefault()
        rename.mutate({ tenant: tenant.slug, name })
      }}
    >
      <Field label={commonText.tenantName}>
        <Input
          required
          maxLength={100}
          readOnly={isReadOnly}
          className="w-64"
          value={name}
          onChange={event => setName(event.target.value)}
        />
      </Field>
      {!isReadOnly && (
        <Button type="submit" isBusy={rename.isPending} disabled={name.trim() === tenant.name}>
          {settingsText.rename}
        </Button>
      )}
    </form>
  )
}
