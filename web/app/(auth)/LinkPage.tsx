'use client'

import Link from 'next/link'
import type { ReactNode } from 'react'
import { commonText } from '#text/common'
import { Alert } from '#ui/ui/alert'
import { Button } from '#ui/ui/button'
import { Skeleton } from '#ui/ui/skeleton'
import { messageOf } from '#web/components/request-error'

type Reading<Told> = { data?: Told; isPending: boolean; error: unknown }
type Acting = { isPending: boolean; isSuccess: boolean; error: unknown }

/**
 * What a link in a mail asks for, done by a button: what looks into mails for viruses opens links, too, and would use this
 * one up.
 */
export function LinkPage<Told>({
  link,
  act,
  title,
  action,
  onAct,
  ask,
  done,
}: {
  /** What the link is about. */
  link: Reading<Told>
  act: Acting
  title: string
  action: string
  onAct: () => void
  ask: (told: Told) => ReactNode
  done: (told: Told) => ReactNode
}) {
  if (link.isPending) return <Skeleton className="h-24" />
  // A look at it later finds it used: no matter.
  if (link.data === undefined) {
    return (
      <>
        <Alert tone="danger">{messageOf(link.error)}</Alert>
        <Button asChild size="lg" className="mt-5 w-full">
          <Link href="/account">{commonText.yourAccount}</Link>
        </Button>
      </>
    )
  }
  if (act.isSuccess) {
    return (
      <>
        <Alert tone="info">{done(link.data)}</Alert>
        <Button asChild variant="primary" size="lg" className="mt-5 w-full">
          <a href="/">{commonText.goOn}</a>
        </Button>
      </>
    )
  }
  return (
    <>
      <h1 className="font-semibold text-lg">{title}</h1>
      <p className="mt-1 break-words text-[13px] text-muted">{ask(link.data)}</p>
      <div className="mt-5 space-y-3">
        {act.error !== null && <Alert tone="danger">{messageOf(act.error)}</Alert>}
        <Button variant="primary" size="lg" className="w-full" isBusy={act.isPending} onClick={onAct}>
          {action}
        </Button>
      </div>
    </>
  )
}
