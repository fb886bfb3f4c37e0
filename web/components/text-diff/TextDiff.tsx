'use client'

import { useMemo } from 'react'
import { commonText } from '#text/common'
import { ScrollRegion } from '#ui/ui/scroll-region'
import { cn } from '#web/components/class-names'
import { type DiffLine, diffLines } from './diff-lines'

const looks: Record<DiffLine['kind'], { mark: string; className: string }> = {
  same: { mark: ' ', className: '' },
  added: { mark: '+', className: 'bg-success-soft text-success' },
  removed: { mark: '−', className: 'bg-danger-soft text-danger' },
}

/** A text, and beside each line whether it came or went since another; without that, as it is. */
export function TextDiff({ before, after }: { before?: string; after: string }) {
  const lines = useMemo(() => diffLines(before ?? after, after), [before, after])
  return (
    <ScrollRegion
      aria-label={commonText.textWithWhatChanged}
      className="h-auto min-h-0 flex-1 py-2 font-mono text-xs leading-5"
    >
      {lines.map(line => (
        <div
          key={`${line.oldLine ?? ''}-${line.newLine ?? ''}`}
          className={cn('flex w-max min-w-full', looks[line.kind].className)}
        >
          <span className="w-10 shrink-0 select-none text-right text-faint">{line.oldLine}</span>
          <span className="w-10 shrink-0 select-none text-right text-faint">{line.newLine}</span>
          <span className="w-6 shrink-0 select-none text-center">{looks[line.kind].mark}</span>
          <span className="whitespace-pre pr-4">{line.text}</span>
        </div>
      ))}
    </ScrollRegion>
  )
}
