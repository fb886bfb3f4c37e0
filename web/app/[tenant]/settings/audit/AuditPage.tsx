'use client'

import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Download, ScrollText } from 'lucide-react'
import { settingsText } from '#text/settings'
import { LoadMore } from '#ui/LoadMore'
import { LoadProblem } from '#ui/LoadProblem'
import { SearchInput } from '#ui/SearchInput'
import { PageHeader } from '#ui/shell/PageHeader'
import { Alert } from '#ui/ui/alert'
import { Button } from '#ui/ui/button'
import { EmptyState } from '#ui/ui/empty-state'
import { NativeSelect } from '#ui/ui/input'
import { SkeletonRows } from '#ui/ui/skeleton'
import { useTenant } from '#web/components/tenant'
import { useTRPC } from '#web/components/trpc'
import { useUrlState } from '#web/components/url-state'
import { AuditTable } from './AuditTable'

const actions = ['CREATE', 'UPDATE', 'DELETE', 'DENIED', 'START', 'RESTART', 'REPLAY', 'KILL']
const pageSize = 100

/** Who changed what, and who was refused; the newest first. */
export function AuditPage() {
  const tenant = useTenant()
  const trpc = useTRPC()
  const [params, setParams] = useUrlState()
  const q = params.get('q') ?? undefined
  const action = params.get('action') ?? undefined
  const entries = useInfiniteQuery(
    trpc.audit.list.infiniteQueryOptions(
      { tenant, limit: pageSize, q, action },
      {
        initialCursor: undefined,
        getNextPageParam: ({ results }) => (results.length < pageSize ? undefined : results.at(-1)?.position),
      },
    ),
  )
  const rows = entries.data?.pages.flatMap(({ results }) => results) ?? []
  return (
    <>
      <PageHeader
        title={settingsText.auditLog}
        actions={
          <>
            <VerifyButton />
            <Button asChild>
              <a href={exportAddress(tenant, { q, action })}>
                <Download aria-hidden /> {settingsText.export}
              </a>
            </Button>
          </>
        }
      />
      <div className="flex flex-wrap gap-2 border-b px-4 pb-3 sm:px-6">
        <SearchInput label={settingsText.searchChanges} value={q ?? ''} onChange={text => setParams({ q: text })} />
        <NativeSelect
          aria-label={settingsText.kindOfChange}
          className="w-40"
          value={action ?? ''}
          onChange={event => setParams({ action: event.target.value })}
        >
          <option value="">{settingsText.allChanges}</option>
          {actions.map(name => (
            <option key={name}>{name}</option>
          ))}
        </NativeSelect>
      </div>
      {entries.isPending && <SkeletonRows count={8} />}
      {entries.isError && <LoadProblem error={entries.error} onRetry={() => entries.refetch()} />}
      {entries.data && rows.length === 0 && (
        <EmptyState icon={ScrollText} title={settingsText.nothingNoted} text={settingsText.whatIsNoted} />
      )}
      {rows.length > 0 && <AuditTable entries={rows} />}
      <LoadMore query={entries} />
    </>
  )
}

/** What is shown, and all that follows it, as a file. */
function exportAddress(tenant: string, filters: { q: string | undefined; action: string | undefined }): string {
  const given = Object.entries(filters).flatMap(([name, value]) => (value ? [[name, value]] : []))
  return `/api/v1/${tenant}/auditlogs/export?${new URLSearchParams(given)}`
}

/** Each entry holds the hash of the one before it: this looks at all of them. */
function VerifyButton() {
  const tenant = useTenant()
  const trpc = useTRPC()
  const verify = useQuery(trpc.audit.verify.queryOptions({ tenant }, { enabled: false, gcTime: 0 }))
  return (
    <div className="flex items-center gap-2">
      {verify.data &&
        (verify.data.brokenAt === null ? (
          <Alert tone="info">{settingsText.logIsWhole}</Alert>
        ) : (
          <Alert tone="danger">{settingsText.brokenAt(verify.data.brokenAt)}</Alert>
        ))}
      <Button isBusy={verify.isFetching} onClick={() => verify.refetch()}>
        {settingsText.verify}
      </Button>
    </div>
  )
}
