'use client'

import { ChevronRight } from 'lucide-react'
import { useState } from 'react'
import type { Json } from '#language/json'
import { formText } from '#text/form'
import { CopyButton } from '#ui/CopyButton'
import { cn } from '#web/components/class-names'
import { childPath } from './expression-path'
import { FileLinks } from './FileLinks'
import { isFileUri } from './file-uri'
import { kindOf, summaryOf } from './value-kind'

/** A list this long is shown in part. */
const maxChildren = 200

type Tree = { value: Json; path: string; executionId: string }

/** The parts of an object or list; each with its type, and its path as an expression to copy. */
export function ValueTree({ value, path, executionId, depth = 0 }: Tree & { depth?: number }) {
  const entries: [string | number, Json][] = Array.isArray(value)
    ? value.map((item, index) => [index, item])
    : Object.entries(value ?? {})
  return (
    <ul className={cn(depth > 0 && 'ml-3.5 border-l pl-1.5')}>
      {entries.slice(0, maxChildren).map(([key, child]) => (
        <Value
          key={key}
          name={String(key)}
          value={child}
          path={childPath(path, key)}
          executionId={executionId}
          depth={depth}
        />
      ))}
      {entries.length > maxChildren && (
        <li className="px-2 py-1 text-faint text-xs">{formText.more(entries.length - maxChildren)}</li>
      )}
    </ul>
  )
}

function Value({ name, value, path, executionId, depth }: Tree & { name: string; depth: number }) {
  const hasChildren = typeof value === 'object' && value !== null && Object.keys(value).length > 0
  const [isOpen, setIsOpen] = useState(depth < 2)
  return (
    <li>
      <div className="group flex min-h-7 items-start gap-1.5 rounded px-1 py-0.5 text-[13px] hover:bg-subtle">
        {hasChildren ? (
          <button
            type="button"
            aria-expanded={isOpen}
            onClick={() => setIsOpen(!isOpen)}
            className="flex shrink-0 items-center gap-0.5 font-medium"
          >
            <ChevronRight
              className={cn('size-3.5 text-faint transition-transform', isOpen && 'rotate-90')}
              aria-hidden
            />
            {name}
          </button>
        ) : (
          <span className="shrink-0 pl-4 font-medium">{name}</span>
        )}
        <span className="mt-0.5 shrink-0 text-faint text-xs">{kindOf(value)}</span>
        <Shown value={value} executionId={executionId} isOpen={isOpen && hasChildren} />
        <CopyButton
          text={`{{ ${path} }}`}
          label={formText.copyExpression(path)}
          className="-my-0.5 ml-auto size-6 opacity-0 focus-visible:opacity-100 group-hover:opacity-100 pointer-coarse:opacity-100"
        />
      </div>
      {hasChildren && isOpen && <ValueTree value={value} path={path} executionId={executionId} depth={depth + 1} />}
    </li>
  )
}

function Shown({ value, executionId, isOpen }: { value: Json; executionId: string; isOpen: boolean }) {
  if (isFileUri(value)) return <FileLinks uri={value} executionId={executionId} />
  if (isOpen) return null
  return (
    <span className="min-w-0 whitespace-pre-wrap break-words font-mono text-muted text-xs leading-5">
      {summaryOf(value)}
    </span>
  )
}
