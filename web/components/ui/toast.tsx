'use client'

import { CircleAlert, CircleCheck, X } from 'lucide-react'
import { createContext, type ReactNode, useCallback, useContext, useEffect, useEffectEvent, useState } from 'react'
import { commonText } from '#text/common'
import { Button } from './button'

type Message = { id: number; text: string; tone: 'success' | 'danger' }
type Show = (text: string, tone?: Message['tone']) => void

const shownMs = 5000

const ToastContext = createContext<Show>(() => undefined)

/** Shows a short message that goes by itself. @example `const toast = useToast(); toast('Saved revision 3')` */
export function useToast(): Show {
  return useContext(ToastContext)
}

/** Messages stay while the pointer or the focus is on them; a screen reader says them when it has ended a sentence. */
export function ToastProvider({ children }: { children: ReactNode }) {
  const [messages, setMessages] = useState<Message[]>([])
  const [isHeld, setIsHeld] = useState(false)
  const show = useCallback<Show>((text, tone = 'success') => {
    setMessages(old => [...old, { id: (old.at(-1)?.id ?? 0) + 1, text, tone }])
  }, [])
  function close(id: number) {
    setMessages(old => old.filter(message => message.id !== id))
    // What is gone can no more be left.
    setIsHeld(false)
  }
  const hold = () => setIsHeld(true)
  const release = () => setIsHeld(false)
  return (
    <ToastContext value={show}>
      {children}
      <ol
        aria-live="polite"
        aria-label={commonText.messages}
        onPointerEnter={hold}
        onPointerLeave={release}
        onFocus={hold}
        onBlur={release}
        data-messages
        className="pointer-events-none fixed right-0 bottom-0 z-60 flex w-full max-w-sm flex-col gap-2 p-4"
      >
        {messages.map(message => (
          <ToastMessage key={message.id} message={message} isHeld={isHeld} onClose={() => close(message.id)} />
        ))}
      </ol>
    </ToastContext>
  )
}

function ToastMessage({ message, isHeld, onClose }: { message: Message; isHeld: boolean; onClose: () => void }) {
  const closeByItself = useEffectEvent(onClose)
  useEffect(() => {
    if (isHeld) return
    const timer = setTimeout(() => closeByItself(), shownMs)
    return () => clearTimeout(timer)
  }, [isHeld])
  return (
    <li className="pointer-events-auto flex animate-appear items-center gap-2.5 rounded-lg border bg-surface py-2 pr-2 pl-3 shadow-pop">
      {message.tone === 'success' ? (
        <CircleCheck className="size-4 shrink-0 text-success" aria-hidden />
      ) : (
        <CircleAlert className="size-4 shrink-0 text-danger" aria-hidden />
      )}
      <p className="min-w-0 flex-1 break-words text-[13px]">{message.text}</p>
      <Button variant="ghost" size="icon" className="size-6" aria-label={commonText.dismiss} onClick={onClose}>
        <X />
      </Button>
    </li>
  )
}
