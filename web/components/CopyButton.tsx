'use client'

import { Check, Copy } from 'lucide-react'
import { useState } from 'react'
import { commonText } from '#text/common'
import { Button, type ButtonProps } from '#ui/ui/button'
import { useToast } from '#ui/ui/toast'

const confirmationMs = 1500

export function CopyButton({ text, label, ...rest }: { text: string; label: string } & ButtonProps) {
  const toast = useToast()
  const [isDone, setIsDone] = useState(false)
  async function copy() {
    try {
      await navigator.clipboard.writeText(text)
    } catch {
      toast(commonText.copyingNotAllowed, 'danger')
      return
    }
    setIsDone(true)
    setTimeout(() => setIsDone(false), confirmationMs)
  }
  return (
    <Button variant="ghost" size="icon" className="size-7" aria-label={label} title={label} onClick={copy} {...rest}>
      {isDone ? <Check className="text-success" /> : <Copy />}
    </Button>
  )
}
