'use client'

import { CircleAlert, CircleCheck, X } from 'lucide-react'
import { Toast as Primitive } from 'radix-ui'
import { createContext, type ReactNode, useCallback, useContext, useState } from 'react'
import { Button } from './button'

type Message = { id: number; text: string; tone: 'success' | 'danger' }
type Show = (text: string, tone?: Message['tone']) => void

const ToastContext = createContext<Show>(() => undefined)

/** Shows a short message that goes by itself. @example `const toast = useToast(); toast('Saved revision 3')` */
export function useToast(): Show {
  return useContext(ToastContext)
}

export function ToastProvider({ children }: { children: ReactNode }) {
  const [messages, setMessages] = useState<Message[]>([])
  const show = useCallback<Show>((text, tone = 'success') => {
    setMessages(old => [...old, { id: (old.at(-1)?.id ?? 0) + 1, text, tone }])
  }, [])
  return (
    <ToastContext value={show}>
      <Primitive.Provider duration={5000}>
        {children}
        {messages.map(message => (
          <ToastMessage
            key={message.id}
            message={message}
            onClose={() => setMessages(old => old.filter(one => one.id !== message.id))}
          />
        ))}
        <Primitive.Viewport className="fixed right-0 bottom-0 z-60 flex w-full max-w-sm flex-col gap-2 p-4 outline-none" />
      </Primitive.Provider>
    </ToastContext>
  )
}

function ToastMessage({ message, onClose }: { message: Message; onClose: () => void }) {
  return (
    <Primitive.Root
      onOpenChange={isOpen => !isOpen && onClose()}
      className="flex animate-appear items-center gap-2.5 rounded-lg border bg-surface py-2 pr-2 pl-3 shadow-pop"
    >
      {message.tone === 'success' ? (
        <CircleCheck className="size-4 shrink-0 text-success" aria-hidden />
      ) : (
        <CircleAlert className="size-4 shrink-0 text-danger" aria-hidden />
      )}
      <Primitive.Title className="min-w-0 flex-1 break-words text-[13px]">{message.text}</Primitive.Title>
      <Primitive.Close asChild>
        <Button variant="ghost" size="icon" className="size-6" aria-label="Dismiss">
          <X />
        </Button>
      </Primitive.Close>
    </Primitive.Root>
  )
}
