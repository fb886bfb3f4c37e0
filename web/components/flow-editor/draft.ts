'use client'

import { useEffect, useState } from 'react'
import { useAccount } from '#web/components/tenant'
import { type Draft, parseDrafts, withDraft, withoutDraft } from './draft-list'
import { pageId } from './page-id'

const prefix = 'draft:'

function readDrafts(key: string): Draft[] {
  try {
    return parseDrafts(localStorage.getItem(prefix + key))
  } catch {
    return []
  }
}

function writeDrafts(key: string, drafts: Draft[]): void {
  try {
    if (drafts.length === 0) localStorage.removeItem(prefix + key)
    else localStorage.setItem(prefix + key, JSON.stringify(drafts))
  } catch {
    // The browser's storage is full or closed to us; typing must go on.
  }
}

/** Forgets the text of this page: it is saved. */
export function dropDraft(key: string, source: string): void {
  writeDrafts(key, withoutDraft(readDrafts(key), { page: pageId(), source }))
}

/**
 * Keeps `source` as the draft of `key` while it differs from what is saved: in this browser, so that it survives a reload,
 * a crash, an expired session. What another page or an earlier visit of the same user left behind is returned until it is
 * taken or dropped.
 */
export function useDraft({
  key,
  source,
  saved,
  revision,
}: {
  key: string
  source: string
  saved: string
  revision?: number
}) {
  const by = useAccount().data?.user.id
  const [others, setOthers] = useState<Draft[]>([])

  useEffect(() => setOthers(readDrafts(key).filter(({ page }) => page !== pageId())), [key])

  useEffect(() => {
    if (source === saved) return
    const draft = { source, revision, savedAt: new Date().toISOString(), page: pageId(), by }
    writeDrafts(key, withDraft(readDrafts(key), draft))
  }, [key, source, saved, revision, by])

  const left = others.find(draft => draft.by === by && draft.source !== saved && draft.source !== source)
  return {
    left,
    /** It was taken or is not wanted. */
    settle() {
      if (left === undefined) return
      writeDrafts(key, withoutDraft(readDrafts(key), left))
      setOthers(others.filter(one => one !== left))
    },
  }
}
