'use client'

import type { Rewritten } from '#language/dialects/rewrite-flow'
import { editorText } from '#text/editor'
import { useToast } from '#ui/ui/toast'

export type Rewrite = (direction: 'toNew' | 'toOld', only?: { path: (string | number)[] }) => Promise<void>

/** Says a flow in the words of the other Kestra, as an edit of its text that can be undone. */
export function useRewrite(source: string, onChange: (source: string) => void): Rewrite {
  const toast = useToast()
  return async (direction, only) => {
    const { rewriteFlow } = await import('#language/dialects/rewrite-flow')
    const rewritten = rewriteFlow(source, direction, only)
    if (rewritten.text !== source) onChange(rewritten.text)
    toast(summaryOf(rewritten), rewritten.changes.length === 0 && rewritten.left.length > 0 ? 'danger' : undefined)
  }
}

function summaryOf({ changes, left }: Rewritten): string {
  const done = changes.length === 0 ? editorText.nothingWasRewritten : editorText.rewrote(changes.length)
  const [first] = left
  if (first === undefined) return done
  return `${done} ${editorText.leftAsItIs(first.construct, first.line, first.reason, left.length - 1)}`
}
