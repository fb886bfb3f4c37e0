'use client'

import { useMutation } from '@tanstack/react-query'
import { membersText } from '#text/members'
import { CopyDialog } from '#ui/CopyDialog'
import { Button } from '#ui/ui/button'
import { useToast } from '#ui/ui/toast'
import { messageOf } from '#web/components/request-error'
import { useTenant } from '#web/components/tenant'
import { type Outputs, useTRPC } from '#web/components/trpc'

type WantedLink = Outputs['member']['wantedLinks'][number]

const texts: Record<WantedLink['purpose'], { label: string; labelOf: (name: string) => string; text: string }> = {
  VERIFY: {
    label: membersText.copyLinkToConfirm,
    labelOf: membersText.copyLinkToConfirmOf,
    text: membersText.giveLinkToConfirm,
  },
  RESET: {
    label: membersText.copyLinkForNewPassword,
    labelOf: membersText.copyLinkForNewPasswordOf,
    text: membersText.giveLinkForNewPassword,
  },
}

/** Where no mail can be sent, an owner hands the link to the member. */
export function CopyLinkButton({ link, name }: { link: WantedLink; name: string }) {
  const tenant = useTenant()
  const trpc = useTRPC()
  const toast = useToast()
  const copy = useMutation(
    trpc.member.copyLink.mutationOptions({ onError: error => toast(messageOf(error), 'danger') }),
  )
  const { label, labelOf, text } = texts[link.purpose]
  return (
    <>
      <Button
        size="sm"
        variant="ghost"
        className="-ml-2.5"
        isBusy={copy.isPending}
        aria-label={labelOf(name)}
        onClick={() => copy.mutate({ tenant, ...link })}
      >
        {label}
      </Button>
      {copy.data && (
        <CopyDialog
          title={membersText.linkForNamed(name)}
          text={text}
          value={`${window.location.origin}${copy.data.path}`}
          onClose={copy.reset}
        />
      )}
    </>
  )
}
