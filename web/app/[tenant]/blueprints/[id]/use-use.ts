'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { type SentInputs, startExecution } from '#web/components/execute/send-inputs'
import { useTenant } from '#web/components/tenant'
import { useTRPC } from '#web/components/trpc'
import type { BlueprintDetail } from './BlueprintView'

type Asked = { given: SentInputs; namespace: string; flowId: string | undefined }

/** Makes a flow of a blueprint: saves and runs it, or opens it in the editor. */
export function useUse({ id }: BlueprintDetail, purpose: 'edit' | 'run') {
  const tenant = useTenant()
  const trpc = useTRPC()
  const router = useRouter()
  const queryClient = useQueryClient()
  const fill = useMutation(trpc.blueprint.use.mutationOptions())
  const create = useMutation(trpc.flow.create.mutationOptions())
  return useMutation({
    async mutationFn({ given, namespace, flowId }: Asked) {
      const values = Object.fromEntries(
        [...given].filter((pair): pair is [string, string] => typeof pair[1] === 'string'),
      )
      if (purpose === 'edit') {
        const query = new URLSearchParams({ blueprint: id, namespace, ...(flowId && { flow: flowId }) })
        if (given.size > 0) query.set('arguments', JSON.stringify(values))
        return router.push(`/${tenant}/flows/new?${query}`)
      }
      const { source } = await fill.mutateAsync({ tenant, id, namespace, flowId, arguments: values })
      const flow = await create.mutateAsync({ tenant, source })
      const place = { tenant, namespace: flow.namespace, id: flow.id }
      // Saved it is: where it can't start as it stands, its own page says what it asks for.
      const execution = await startExecution({ ...place, inputs: new Map() }).catch(() => undefined)
      await queryClient.invalidateQueries(trpc.flow.list.pathFilter())
      router.push(
        execution === undefined
          ? `/${tenant}/flows/${flow.namespace}/${flow.id}`
          : `/${tenant}/executions/${execution.id}`,
      )
    },
  })
}
