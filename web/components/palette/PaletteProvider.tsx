'use client'

import dynamic from 'next/dynamic'
import { type ReactNode, useEffect, useEffectEvent, useState } from 'react'
import { useShortcuts } from '#web/components/use-shortcuts'
import { PaletteContext, type Shown } from './palette-context'

// Few pages open them: they are loaded when somebody does.
const CommandPalette = dynamic(() => import('./CommandPalette').then(module => module.CommandPalette), { ssr: false })
const KeysDialog = dynamic(() => import('./KeysDialog').then(module => module.KeysDialog), { ssr: false })
const ExecuteDialog = dynamic(() => import('#ui/execute/ExecuteDialog').then(module => module.ExecuteDialog), {
  ssr: false,
})

/** Ctrl-K opens the palette on every page, `?` the list of keys. */
export function PaletteProvider({ children }: { children: ReactNode }) {
  const [shown, setShown] = useState<Shown>()
  const close = () => setShown(undefined)
  useShortcuts({ k: () => setShown(shown?.kind === 'palette' ? undefined : { kind: 'palette' }) })
  useQuestionMark(() => setShown({ kind: 'keys' }))
  return (
    <PaletteContext value={setShown}>
      {children}
      {shown?.kind === 'palette' && <CommandPalette onClose={close} />}
      {shown?.kind === 'keys' && <KeysDialog onClose={close} />}
      {shown?.kind === 'execute' && <ExecuteDialog namespace={shown.namespace} id={shown.id} onClose={close} />}
    </PaletteContext>
  )
}

/** Where somebody writes, it is a character like any other; over a dialog it is left alone. */
function useQuestionMark(action: () => void): void {
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (event.key !== '?' || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
    const target = event.target instanceof HTMLElement ? event.target : document.body
    if (target.isContentEditable || target.closest('input, textarea, select, [role=dialog], .monaco-editor')) return
    action()
  })
  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKeyDown(event)
    window.addEventListener('keydown', listener)
    return () => window.removeEventListener('keydown', listener)
  }, [])
}
