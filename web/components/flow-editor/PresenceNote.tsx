import { Users } from 'lucide-react'
import { editorText } from '#text/editor'
import type { Presence } from './use-presence'

/** Who else has this flow open to edit it. */
export function PresenceNote({ others }: { others: Presence['others'] }) {
  if (others.length === 0) return null
  return (
    <span role="status" className="flex min-w-0 items-center gap-1.5 text-warning text-xs" title={sentenceOf(others)}>
      <Users className="size-3.5 shrink-0" aria-hidden />
      <span className="truncate">{sentenceOf(others)}</span>
    </span>
  )
}

/** `Mary is editing this flow, too`, `Mary and Tom have this flow open, too` */
export function sentenceOf(others: Presence['others']): string {
  const editors = others.filter(({ isEditing }) => isEditing)
  const shown = editors.length > 0 ? editors : others
  const people = [...new Set(shown.filter(({ isYou }) => !isYou).map(({ name }) => name))]
  if (people.length === 0) return editors.length > 0 ? editorText.youAreEditing : editorText.youHaveItOpen
  return editors.length > 0 ? editorText.areEditing(people) : editorText.haveItOpen(people)
}
