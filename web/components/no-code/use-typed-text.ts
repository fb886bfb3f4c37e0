'use client'

import { useState } from 'react'
import { createEchoes } from '../echoes'

/**
 * The letters in a field, which may be ahead of the value that the flow has of them: what came from here and comes back
 * late must not undo newer letters.
 */
export function useTypedText(value: string): [string, (typed: string, becomes: string) => void, () => void] {
  const [typed, setTyped] = useState(value)
  const [seen, setSeen] = useState(value)
  const [echoes] = useState(createEchoes)
  if (value !== seen) {
    setSeen(value)
    if (!echoes.take(value)) setTyped(value)
  }
  return [
    typed,
    (text, becomes) => {
      if (becomes !== seen) echoes.expect(becomes)
      setTyped(text)
    },
    () => setTyped(value),
  ]
}
