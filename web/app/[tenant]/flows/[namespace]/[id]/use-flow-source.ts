'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { flowText } from '#text/flow'
import { useToast } from '#ui/ui/toast'
import { dropDraft } from '#web/components/flow-editor/draft'
import { useFlowDocument } from '#web/components/flow-editor/use-flow-document'
import { usePresence } from '#web/components/flow-editor/use-presence'
import { codeOf, saveProblemOf } from '#web/components/request-error'
import { useTenant } from '#web/components/tenant'
import { type Outputs, useTRPC } from '#web/components/trpc'
import { useUnsaved } from '#web/components/unsaved'

type Flow = Outputs['flow']['get']

/** The text being edited, beside the one that is saved. */
export function useFlowSource(flow: Flow, isReadOnly: boolean) {
  const tenant = useTenant()
  const { namespace, id } = flow
  const draftKey = `${tenant}/${namespace}/${id}`
  const theirs = flow.source ?? ''
  const [saved, setSaved] = useState({ source: theirs, revision: flow.revision })
  const [isSaving, setIsSaving] = useState(false)
  const document = useFlowDocument(saved.source)
  const update = useUpdateFlow(flow)
  const isDirty = document.text !== saved.source
  const { presence, isSignedOut } = usePresence({ namespace, id, isEditing: isDirty, isOff: isReadOnly })
  useUnsaved(isDirty)
  useNewest(flow, presence?.revision)

  useEffect(() => {
    if (isSaving || flow.revision === saved.revision) return
    // A newer revision came: follow it where nothing is lost by that.
    const text = document.newest()
    if (text !== saved.source && text !== theirs) return
    setSaved({ source: theirs, revision: flow.revision })
    document.change(theirs)
  }, [flow, theirs, saved, isSaving, document])

  async function save(expectedRevision = saved.revision): Promise<boolean> {
    const text = document.newest()
    setIsSaving(true)
    try {
      const next = await update.mutateAsync({ tenant, namespace, id, source: text, expectedRevision })
      setSaved({ source: text, revision: next.revision })
      dropDraft(draftKey, text)
      return true
    } catch {
      return false
    } finally {
      setIsSaving(false)
    }
  }

  return {
    draftKey,
    document,
    saved: saved.source,
    isDirty,
    isSaving,
    isSignedOut,
    others: presence?.others ?? [],
    save: () => save(),
    conflict:
      isDirty && !isSaving && flow.revision !== saved.revision
        ? {
            revision: flow.revision,
            savedBy: presence?.revision === flow.revision ? presence.savedBy : undefined,
            theirs,
            mine: document.text,
            overwrite: () => save(flow.revision),
            takeTheirs: () => {
              setSaved({ source: theirs, revision: flow.revision })
              document.change(theirs)
            },
          }
        : undefined,
  }
}

/** Reads the flow again once somebody else has saved it. */
function useNewest({ namespace, id, revision }: Flow, newest: number | undefined): void {
  const tenant = useTenant()
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  useEffect(() => {
    if (newest === undefined || newest <= revision) return
    void queryClient.invalidateQueries(trpc.flow.get.queryFilter({ tenant, namespace, id }))
  }, [newest, revision, queryClient, trpc, tenant, namespace, id])
}

function useUpdateFlow({ namespace, id }: Flow) {
  const tenant = useTenant()
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const toast = useToast()
  return useMutation(
    trpc.flow.update.mutationOptions({
      onSuccess: async next => {
        queryClient.setQueryData(trpc.flow.get.queryKey({ tenant, namespace, id }), old => old && { ...old, ...next })
        toast(flowText.savedRevision(next.revision))
        await queryClient.invalidateQueries(trpc.flow.pathFilter())
      },
      onError: async error => {
        if (codeOf(error) !== 'CONFLICT') return toast(saveProblemOf(error), 'danger')
        await queryClient.invalidateQueries(trpc.flow.get.queryFilter({ tenant, namespace, id }))
      },
    }),
  )
}
