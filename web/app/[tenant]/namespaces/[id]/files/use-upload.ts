'use client'

import { useState } from 'react'
import { filesText } from '#text/files'
import { useTenant } from '#web/components/tenant'
import { useNamespaceChange } from '../use-namespace'
import type { Chosen } from './collect-files'
import { archiveUrl, fileUrl, sendFile } from './send-file'

export type Upload = {
  /** How far it is; undefined while nothing is sent. */
  progress: { sent: number; of: number } | undefined
  send(chosen: readonly Chosen[]): Promise<void>
  /** Has the server unpack a zip. */
  unpack(archive: File): Promise<void>
}

/** Sends files into a namespace, one after another; the first that is refused ends it, and is told. */
export function useUpload(namespace: string): Upload {
  const tenant = useTenant()
  const [progress, setProgress] = useState<Upload['progress']>()
  const change = useNamespaceChange()

  async function sendAll(files: readonly { url: string; file: File }[], said: string): Promise<void> {
    const after = change(said)
    if (files.length === 0) return
    try {
      for (const [sent, { url, file }] of files.entries()) {
        setProgress({ sent, of: files.length })
        await sendFile(url, file)
      }
      await after.onSuccess()
    } catch (error) {
      after.onError(error)
    } finally {
      setProgress(undefined)
    }
  }

  return {
    progress,
    send: chosen =>
      sendAll(
        chosen.map(({ path, file }) => ({ url: fileUrl({ tenant, namespace, path }), file })),
        filesText.uploadedFiles(chosen.length),
      ),
    unpack: file => sendAll([{ url: archiveUrl({ tenant, namespace }, 'import'), file }], filesText.unpackedTheArchive),
  }
}
