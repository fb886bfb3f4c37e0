'use client'

import { Search } from 'lucide-react'
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { Input } from '#ui/ui/input'
import { cn } from '#web/components/class-names'
import { createEchoes } from '#web/components/echoes'

const debounceMs = 200

/** Tells what was typed once typing pauses. */
export function SearchInput({
  label,
  value,
  onChange,
  className,
}: {
  label: string
  value: string | undefined
  onChange: (value: string | undefined) => void
  className?: string
}) {
  const [text, setText] = useState(value ?? '')
  const [echoes] = useState(createEchoes)
  const input = useRef<HTMLInputElement>(null)
  const tell = useEffectEvent(() => {
    if (text === (value ?? '')) return
    echoes.expect(text)
    onChange(text || undefined)
  })
  // What was told comes back as the value, which may take longer than the next letter.
  useEffect(() => {
    if (!echoes.take(value ?? '')) setText(value ?? '')
  }, [value, echoes])
  // React knows nothing of what was typed before the page came to life.
  useEffect(() => {
    if (input.current) setText(input.current.value)
  }, [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: each change of the text starts the wait anew
  useEffect(() => {
    const timer = setTimeout(tell, debounceMs)
    // Who follows a link meanwhile is let go: a change of the address would call that off.
    const letGo = ({ target, ctrlKey, metaKey }: MouseEvent) => {
      if (target instanceof Element && target.closest('a[href]') && !ctrlKey && !metaKey) clearTimeout(timer)
    }
    document.addEventListener('click', letGo, true)
    return () => {
      clearTimeout(timer)
      document.removeEventListener('click', letGo, true)
    }
  }, [text])
  return (
    <div className={cn('relative min-w-0 flex-1 basis-full sm:max-w-72 sm:basis-40', className)}>
      <Search className="pointer-events-none absolute top-2 left-2.5 size-4 text-faint" aria-hidden />
      <Input
        ref={input}
        type="search"
        aria-label={label}
        placeholder={label}
        className="pl-8"
        value={text}
        onChange={event => setText(event.target.value)}
      />
    </div>
  )
}
