'use client'

import { useMutation } from '@tanstack/react-query'
import { accountText } from '#text/account'
import { Button } from '#ui/ui/button'
import { useToast } from '#ui/ui/toast'
import { messageOf } from '#web/components/request-error'
import { signInAtIssuer } from '#web/components/session'
import { useTenant } from '#web/components/tenant'
import { type Outputs, useTRPC } from '#web/components/trpc'
import { Section } from './Section'
import { useSecurityChange } from './use-security-change'

/** Accounts at the OIDC issuer that sign in to this one; nothing where the installation has no issuer. */
export function IdentitySection({
  identities,
  oidcName,
}: Pick<Outputs['account']['security'], 'identities' | 'oidcName'>) {
  const trpc = useTRPC()
  const tenant = useTenant()
  const toast = useToast()
  const after = useSecurityChange()
  const onError = (error: unknown) => toast(messageOf(error), 'danger')
  const connect = useMutation(
    trpc.account.connectIdentity.mutationOptions({
      onSuccess: () => signInAtIssuer(`/${tenant}/settings/account`),
      onError,
    }),
  )
  const disconnect = useMutation(
    trpc.account.disconnectIdentity.mutationOptions({ onSuccess: () => after(accountText.disconnected), onError }),
  )
  if (oidcName === null && identities.length === 0) return null
  return (
    <Section
      title={accountText.signInWithAnIssuer}
      text={accountText.connectedSignInWith(oidcName)}
      actions={
        oidcName !== null && (
          <Button isBusy={connect.isPending} onClick={() => connect.mutate()}>
            {accountText.connect(oidcName)}
          </Button>
        )
      }
    >
      {identities.length > 0 && (
        <ul className="divide-y border-y">
          {identities.map(({ issuer, subject, email }) => (
            <li key={`${issuer} ${subject}`} className="flex items-center gap-3 px-4 py-2 text-[13px] sm:px-6">
              <div className="min-w-0 flex-1">
                <p className="truncate font-medium">{email || subject}</p>
                <p className="truncate text-muted text-xs">{issuer}</p>
              </div>
              <Button
                size="sm"
                variant="danger"
                aria-label={accountText.disconnectNamed(email || subject)}
                disabled={disconnect.isPending}
                onClick={() => disconnect.mutate({ issuer, subject })}
              >
                {accountText.disconnect}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}
