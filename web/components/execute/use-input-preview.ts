'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useDeferredValue } from 'react'
import { holdsTemplate } from '#language/fields'
import type { Input } from '#language/inputs/input'
import { useTenant } from '#web/components/tenant'
import { useTRPC } from '#web/components/trpc'
import type { InputPreview } from '#web/server/executions/input-preview'
import { type FieldValue, previewValue } from './input-values'

/** The flow whose inputs a form asks for. */
export type AskedFlow = { namespace: string; id: string }

/** Which inputs the server asks for after what the fields hold, with their choices and defaults; nothing while unknown. */
export function useInputPreview(
  inputs: Input[],
  values: Record<string, FieldValue>,
  flow: AskedFlow | undefined,
): ReadonlyMap<string, InputPreview> {
  const trpc = useTRPC()
  const tenant = useTenant()
  const given = useDeferredValue(
    Object.fromEntries(inputs.map(input => [input.id, previewValue(input, values[input.id])])),
  )
  const isAsked = flow !== undefined && inputs.some(isMoving)
  const preview = useQuery({
    ...trpc.execution.previewInputs.queryOptions({ tenant, namespace: '', id: '', ...flow, inputs: given }),
    enabled: isAsked,
    placeholderData: keepPreviousData,
  })
  return new Map((isAsked ? (preview.data ?? []) : []).map(each => [each.id, each]))
}

/** Whether other inputs, or the clock, have a say in it. */
function isMoving(input: Input): boolean {
  const isChosenByExpression = 'expression' in input && input.expression !== undefined
  return (
    isChosenByExpression ||
    input.dependsOn !== undefined ||
    input.form?.dependsOn !== undefined ||
    holdsTemplate(input.defaults)
  )
}
