'use client'

import { useEffect, useState } from 'react'

/** Text not saved yet, kept in this browser: survives a reload, a crash, an expired session. */
export type Draft = { source: string; revision?: number; savedAt: string }

const prefix = 'draft:'

export function readDraft(key: string): Draft | undefined {
  try {
    const text = localStorage.getItem(prefix + key)
    const draft: unknown = text ? JSON.parse(text) : undefined
    return isDraft(draft) ? draft : undefined
  } catch {
    return undefined
  }
}

export function dropDraft(key: string): void {
  localStorage.removeItem(prefix + key)
}

function writeDraft(key: string, draft: Draft): void {
  try {
    localStorage.setItem(prefix + key, JSON.stringify(draft))
  } catch {
    // The browser's storage is full or closed to us; typing must go on.
  }
}

function isDraft(value: unknown): value is Draft {
  return typeof value === 'object' && value !== null && 'source' in value && typeof value.source === 'string'
}

/**
 * Keeps `source` as the draft of `key` while it differs from what is saved. What an earlier visit left behind is
 * returned until it is taken or dropped.
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
  const [left, setLeft] = useState<Draft>()

  // biome-ignore lint/correctness/useExhaustiveDependencies: only what was there when the page opened
  useEffect(() => {
    const draft = readDraft(key)
    setLeft(draft && draft.source !== saved ? draft : undefined)
  }, [key])

  useEffect(() => {
    if (source === saved) return
    writeDraft(key, { source, revision, savedAt: new Date().toISOString() })
  }, [key, source, saved, revision])

  return {
    left: left && left.source !== source ? left : undefined,
    forget() {
      setLeft(undefined)
      dropDraft(key)
    },
    settle() {
      setLeft(undefined)
    },
  }
}
