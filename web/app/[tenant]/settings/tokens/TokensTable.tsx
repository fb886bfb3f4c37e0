'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { commonText } from '#text/common'
import { settingsText } from '#text/settings'
import { Age } from '#ui/Age'
import { ConfirmDialog } from '#ui/ConfirmDialog'
import { Button } from '#ui/ui/button'
import { Table, Td, Th, Tr } from '#ui/ui/table'
import { useToast } from '#ui/ui/toast'
import { messageOf } from '#web/components/request-error'
import { useTenant } from '#web/components/tenant'
import { type Outputs, useTRPC } from '#web/components/trpc'

type Token = Outputs['token']['list'][number]

export function TokensTable({ tokens }: { tokens: Token[] }) {
  const tenant = useTenant()
  const [asked, setAsked] = useState<Token>()
  const revoke = useRevokeToken(() => setAsked(undefined))
  return (
    <>
      <Table>
        <thead>
          <tr>
            <Th>{commonText.name}</Th>
            <Th>{settingsText.token}</Th>
            <Th className="hidden md:table-cell">{settingsText.may}</Th>
            <Th className="hidden sm:table-cell">{settingsText.lastUsed}</Th>
            <Th className="hidden sm:table-cell">{settingsText.expires}</Th>
            <Th className="hidden md:table-cell">{commonText.created}</Th>
            <Th>
              <span className="sr-only">{commonText.actions}</span>
            </Th>
          </tr>
        </thead>
        <tbody>
          {tokens.map(token => (
            <Tr key={token.id}>
              <Td className="max-w-60 truncate font-medium">{token.name}</Td>
              <Td className="whitespace-nowrap font-mono text-muted text-xs">…{token.lastFour}</Td>
              <Td
                className="hidden max-w-60 truncate text-muted md:table-cell"
                title={token.scope?.permissions?.join(', ')}
              >
                {settingsText.scope(token.scope?.permissions?.length, token.scope?.namespaces?.join(', '))}
              </Td>
              <Td className="hidden text-muted sm:table-cell">
                {token.lastUsedAt ? <Age date={token.lastUsedAt} /> : settingsText.never}
              </Td>
              <Td className="hidden text-muted sm:table-cell" suppressHydrationWarning>
                {token.expiresAt ? new Date(token.expiresAt).toLocaleDateString() : settingsText.never}
              </Td>
              <Td className="hidden text-muted md:table-cell">
                <Age date={token.createdAt} />
              </Td>
              <Td className="text-right">
                <Button
                  variant="danger"
                  size="sm"
                  onClick={() => setAsked(token)}
                  aria-label={settingsText.revokeNamed(token.name)}
                >
                  {settingsText.revoke}
                </Button>
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
      <ConfirmDialog
        isOpen={asked !== undefined}
        onClose={() => setAsked(undefined)}
        title={settingsText.askRevoke(asked?.name ?? '')}
        text={settingsText.whatRevokingDoes}
        action={settingsText.revoke}
        isBusy={revoke.isPending}
        onConfirm={() => asked && revoke.mutate({ tenant, id: asked.id })}
      />
    </>
  )
}

function useRevokeToken(onDone: () => void) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const toast = useToast()
  return useMutation(
    trpc.token.revoke.mutationOptions({
      onSuccess: async () => {
        await queryClient.invalidateQueries(trpc.token.list.pathFilter())
        toast(settingsText.revokedTheToken)
        onDone()
      },
      onError: error => toast(messageOf(error), 'danger'),
    }),
  )
}
