'use client'

import { useMutation, useQuery } from '@tanstack/react-query'
import { accountText } from '#text/account'
import { commonText } from '#text/common'
import { Age } from '#ui/Age'
import { LoadProblem } from '#ui/LoadProblem'
import { Button } from '#ui/ui/button'
import { SkeletonRows } from '#ui/ui/skeleton'
import { Table, Td, Th, Tr } from '#ui/ui/table'
import { useToast } from '#ui/ui/toast'
import { messageOf } from '#web/components/request-error'
import { useTRPC } from '#web/components/trpc'
import { Section } from './Section'
import { useSecurityChange } from './use-security-change'

/** Where the account is signed in. */
export function SessionsSection() {
  const trpc = useTRPC()
  const toast = useToast()
  const after = useSecurityChange()
  const sessions = useQuery(trpc.session.list.queryOptions())
  const onError = (error: unknown) => toast(messageOf(error), 'danger')
  const end = useMutation(
    trpc.session.end.mutationOptions({ onSuccess: () => after(accountText.endedTheSession), onError }),
  )
  const endOthers = useMutation(
    trpc.session.endOthers.mutationOptions({ onSuccess: () => after(accountText.endedTheOtherSessions), onError }),
  )
  const hasOthers = (sessions.data?.length ?? 0) > 1
  return (
    <Section
      title={accountText.sessions}
      text={accountText.whatSessionsAre}
      actions={
        hasOthers && (
          <Button isBusy={endOthers.isPending} onClick={() => endOthers.mutate()}>
            {accountText.endAllOthers}
          </Button>
        )
      }
    >
      {sessions.isPending && <SkeletonRows count={2} />}
      {sessions.isError && <LoadProblem error={sessions.error} onRetry={() => sessions.refetch()} />}
      {sessions.data && (
        <Table>
          <thead>
            <tr>
              <Th>{accountText.browser}</Th>
              <Th className="hidden md:table-cell">{commonText.address}</Th>
              <Th className="hidden sm:table-cell">{accountText.since}</Th>
              <Th>{accountText.lastSeen}</Th>
              <Th>
                <span className="sr-only">{commonText.actions}</span>
              </Th>
            </tr>
          </thead>
          <tbody>
            {sessions.data.map(({ id, device, address, createdAt, lastSeenAt, isCurrent }) => (
              <Tr key={id}>
                <Td className="font-medium">
                  {device}
                  {isCurrent && (
                    <span className="ml-2 font-normal text-success text-xs">{accountText.thisBrowser}</span>
                  )}
                </Td>
                <Td className="hidden font-mono text-muted text-xs md:table-cell">{address}</Td>
                <Td className="hidden text-muted sm:table-cell">
                  <Age date={createdAt} />
                </Td>
                <Td className="text-muted">
                  <Age date={lastSeenAt} />
                </Td>
                <Td className="text-right">
                  {!isCurrent && (
                    <Button
                      size="sm"
                      variant="danger"
                      aria-label={accountText.endNamed(device)}
                      disabled={end.isPending}
                      onClick={() => end.mutate({ id })}
                    >
                      {accountText.end}
                    </Button>
                  )}
                </Td>
              </Tr>
            ))}
          </tbody>
        </Table>
      )}
    </Section>
  )
}
