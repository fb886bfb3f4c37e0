'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useToast } from '#ui/ui/toast'
import { dropDraft } from '#web/components/flow-editor/draft'
import { codeOf, saveProblemOf } from '#web/components/request-error'
import { useTenant } from '#web/components/tenant'
import { type Outputs, useTRPC } from '#web/components/trpc'

type Flow = Outputs['flow']['get']

/** The text being edited, beside the one that is saved. */
export function useFlowSource(flow: Flow) {
  const tenant = useTenant()
  const { namespace, id } = flow
  const draftKey = `${tenant}/${namespace}/${id}`
  const [saved, setSaved] = useState({ source: flow.source ?? '', revision: flow.revision })
  const [source, setSource] = useState(saved.source)
  const [hasConflict, setHasConflict] = useState(false)
  const update = useUpdateFlow(flow)
  const current = useRef(source)
  current.current = source

  useEffect(() => {
    // A newer revision came with a refresh: follow it where nothing is lost by that.
    if (flow.revision === saved.revision || current.current !== saved.source) return
    setSaved({ source: flow.source ?? '', revision: flow.revision })
    setSource(flow.source ?? '')
  }, [flow, saved])

  async function save(expectedRevision = saved.revision): Promise<boolean> {
    const text = source
    try {
      const next = await update.mutateAsync({ tenant, namespace, id, source: text, expectedRevision })
      setSaved({ source: text, revision: next.revision })
      setHasConflict(false)
      dropDraft(draftKey)
      return true
    } catch (error) {
      setHasConflict(codeOf(error) === 'CONFLICT')
      return false
    }
  }

  return {
    draftKey,
    source,
    setSource,
    saved: saved.source,
    isDirty: source !== saved.source,
    isSaving: update.isPending,
    save: () => save(),
    conflict: hasConflict
      ? {
          revision: flow.revision,
          overwrite: () => save(flow.revision),
          takeTheirs: () => {
            setSaved({ source: flow.source ?? '', revision: flow.revision })
            setSource(flow.source ?? '')
            setHasConflict(false)
          },
        }
      : undefined,
  }
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
        toast(`Saved revision ${next.revision}`)
        await queryClient.invalidateQueries(trpc.flow.pathFilter())
      },
      onError: async error => {
        if (codeOf(error) !== 'CONFLICT') return toast(saveProblemOf(error), 'danger')
        await queryClient.invalidateQueries(trpc.flow.get.queryFilter({ tenant, namespace, id }))
      },
    }),
  )
}
