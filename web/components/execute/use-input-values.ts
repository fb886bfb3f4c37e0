'use client'

import { useState } from 'react'
import type { Input } from '#language/inputs/input'
import { type FieldValue, initialValue, sentValue } from './input-values'

/** The state of a form made of inputs. */
export function useInputValues(inputs: Input[]) {
  const [values, setValues] = useState<Record<string, FieldValue>>(() =>
    Object.fromEntries(inputs.map(input => [input.id, initialValue(input)])),
  )
  const [problems, setProblems] = useState<Record<string, string | undefined>>({})

  return {
    values,
    problems,
    set(id: string, value: FieldValue) {
      setValues(old => ({ ...old, [id]: value }))
      setProblems(old => ({ ...old, [id]: undefined }))
    },
    /** What to send of the inputs asked for, or nothing where a field has a problem, which is then shown. */
    read(asked: Input[] = inputs): Map<string, string | File> | undefined {
      const sent = new Map<string, string | File>()
      const found: Record<string, string> = {}
      for (const input of asked) {
        const { value, problem } = sentValue(input, values[input.id])
        if (problem) found[input.id] = problem
        else if (value !== undefined) sent.set(input.id, value)
      }
      setProblems(found)
      return Object.keys(found).length > 0 ? undefined : sent
    },
  }
}
