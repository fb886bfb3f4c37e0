'use client'

import { ChevronDown, CircleAlert, CircleCheck, LoaderCircle, TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import type { Diagnostic } from '#language/diagnostics'
import { commonText } from '#text/common'
import { editorText } from '#text/editor'
import { Button } from '#ui/ui/button'
import { cn } from '#web/components/class-names'

/** All problems of the text, in its order; a click goes to the place. */
export function ProblemsPanel({
  diagnostics,
  isChecking,
  isFolded = false,
  onGoTo,
  onRewrite,
}: {
  diagnostics: Diagnostic[]
  isChecking: boolean
  /** At first, where there is little room. */
  isFolded?: boolean
  onGoTo: (diagnostic: Diagnostic) => void
  /** For what an older Kestra says otherwise. */
  onRewrite: (diagnostic: Diagnostic) => void
}) {
  const [isOpenByHand, setIsOpen] = useState<boolean>()
  const isOpen = isOpenByHand ?? !isFolded
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length
  return (
    <section aria-label={editorText.problems} className="shrink-0 border-t bg-subtle">
      <button
        type="button"
        disabled={diagnostics.length === 0}
        aria-expanded={isOpen && diagnostics.length > 0}
        onClick={() => setIsOpen(!isOpen)}
        className="flex h-9 w-full items-center gap-2 px-4 text-left text-[13px] focus-visible:outline-offset-[-2px]"
      >
        <Summary errors={errors} warnings={diagnostics.length - errors} />
        {isChecking && <LoaderCircle className="size-3.5 animate-spin text-faint" aria-label={editorText.checking} />}
        {diagnostics.length > 0 && (
          <ChevronDown className={cn('ml-auto size-4 text-faint', !isOpen && 'rotate-180')} aria-hidden />
        )}
      </button>
      {isOpen && diagnostics.length > 0 && (
        <ol className="max-h-44 overflow-auto pb-1.5">
          {diagnostics.map(diagnostic => (
            <Problem
              key={`${diagnostic.range.start} ${diagnostic.code} ${diagnostic.message}`}
              diagnostic={diagnostic}
              onClick={() => onGoTo(diagnostic)}
              onRewrite={diagnostic.code === 'OLDER_DIALECT' ? () => onRewrite(diagnostic) : undefined}
            />
          ))}
        </ol>
      )}
    </section>
  )
}

function Summary({ errors, warnings }: { errors: number; warnings: number }) {
  if (errors + warnings === 0) {
    return (
      <span className="flex items-center gap-1.5 text-muted">
        <CircleCheck className="size-4 text-success" aria-hidden /> {editorText.noProblems}
      </span>
    )
  }
  return (
    <span className="flex items-center gap-3 font-medium" aria-live="polite">
      {errors > 0 && (
        <span className="flex items-center gap-1.5 text-danger">
          <CircleAlert className="size-4" aria-hidden /> {editorText.errors(errors)}
        </span>
      )}
      {warnings > 0 && (
        <span className="flex items-center gap-1.5 text-warning">
          <TriangleAlert className="size-4" aria-hidden /> {editorText.warnings(warnings)}
        </span>
      )}
    </span>
  )
}

function Problem({
  diagnostic,
  onClick,
  onRewrite,
}: {
  diagnostic: Diagnostic
  onClick: () => void
  onRewrite?: () => void
}) {
  const { severity, message, code, range } = diagnostic
  const Icon = severity === 'error' ? CircleAlert : TriangleAlert
  return (
    <li className="flex items-center">
      <button
        type="button"
        onClick={onClick}
        className="flex min-w-0 flex-1 items-start gap-2 px-4 py-1 text-left text-[13px] hover:bg-hover focus-visible:outline-offset-[-2px]"
      >
        <Icon
          className={cn('mt-0.5 size-3.5 shrink-0', severity === 'error' ? 'text-danger' : 'text-warning')}
          aria-label={commonText.severities[severity]}
        />
        <span className="min-w-0 flex-1 break-words">
          {message} <span className="text-faint text-xs">{code}</span>
        </span>
        <span className="shrink-0 text-faint text-xs tabular-nums">
          {range.line}:{range.column}
        </span>
      </button>
      {onRewrite && (
        <Button size="sm" className="mr-4" onClick={onRewrite} title={editorText.rewriteHelp}>
          {editorText.rewrite}
        </Button>
      )}
    </li>
  )
}
