'use client'

import { CircleAlert, History } from 'lucide-react'
import { useEffect, useId, useMemo, useState } from 'react'
import type { Json } from '#language/json'
import { executionText } from '#text/execution'
import { CopyButton } from '#ui/CopyButton'
import { Button } from '#ui/ui/button'
import { Textarea } from '#ui/ui/input'
import { Menu, MenuContent, MenuItem, MenuTrigger } from '#ui/ui/menu'
import { ValueTree } from '#ui/values/ValueTree'
import type { Execution } from '#web/server/executions/execution'
import { expressionScope } from './expression-scope'
import { recentExpressions, rememberExpression } from './recent-expressions'
import { tryExpression } from './try-expression'

/** Evaluates an expression with what this execution has: in the browser, so nothing of it is sent anywhere. */
export function ExpressionTester({ execution }: { execution: Execution }) {
  const id = useId()
  const [text, setText] = useState('')
  const [tried, setTried] = useState('')
  const [recent, setRecent] = useState<string[]>([])
  const scope = useMemo(() => expressionScope(execution), [execution])
  const result = useMemo(() => (tried ? tryExpression(tried, scope, Date.now()) : undefined), [tried, scope])
  useEffect(() => setRecent(recentExpressions()), [])

  function run(expression: string) {
    const wanted = expression.trim()
    setTried(wanted)
    if (wanted) setRecent(rememberExpression(wanted))
  }
  return (
    <section aria-label={executionText.tryAnExpression} className="rounded-lg border bg-surface">
      <form
        className="flex flex-wrap items-start gap-2 p-3"
        onSubmit={event => {
          event.preventDefault()
          run(text)
        }}
      >
        <label htmlFor={id} className="basis-full font-medium text-[13px]">
          {executionText.tryAnExpression}
        </label>
        <Textarea
          id={id}
          rows={1}
          className="min-h-8 min-w-0 flex-1 basis-64 resize-y"
          placeholder="{{ outputs.task.value }}"
          spellCheck={false}
          autoCapitalize="none"
          value={text}
          onChange={event => setText(event.target.value)}
          onKeyDown={event => {
            if (event.key !== 'Enter' || event.shiftKey) return
            event.preventDefault()
            run(text)
          }}
        />
        <Button type="submit" variant="primary">
          {executionText.try}
        </Button>
        {recent.length > 0 && (
          <Menu>
            <MenuTrigger asChild>
              <Button size="icon" aria-label={executionText.recentExpressions} title={executionText.recentExpressions}>
                <History />
              </Button>
            </MenuTrigger>
            <MenuContent align="end" className="max-w-96">
              {recent.map(expression => (
                <MenuItem
                  key={expression}
                  onSelect={() => {
                    setText(expression)
                    run(expression)
                  }}
                >
                  <span className="truncate font-mono text-xs">{expression}</span>
                </MenuItem>
              ))}
            </MenuContent>
          </Menu>
        )}
      </form>
      {result && (
        <div role="status" className="border-t p-3">
          {'problem' in result ? (
            <p className="flex gap-2 text-[13px] text-danger">
              <CircleAlert className="mt-0.5 size-4 shrink-0" aria-hidden />
              <span className="min-w-0 whitespace-pre-wrap break-words">
                {result.line > 1 ? executionText.problemOnLine(result.line, result.problem) : result.problem}
              </span>
            </p>
          ) : (
            <Value value={result.value} path={pathOf(tried)} executionId={execution.id} />
          )}
        </div>
      )}
    </section>
  )
}

/** The expression alone: its parts are read as parts of it. */
function pathOf(text: string): string {
  const inner = /^\{\{\s*(.*?)\s*\}\}$/s.exec(text)?.[1] ?? text
  return /^[\w.[\]'"-]+$/.test(inner) ? inner : `(${inner})`
}

function Value({ value, path, executionId }: { value: Json; path: string; executionId: string }) {
  if (typeof value === 'object' && value !== null)
    return <ValueTree value={value} path={path} executionId={executionId} />
  return (
    <div className="flex items-start gap-2">
      <pre className="min-w-0 flex-1 whitespace-pre-wrap break-words font-mono text-xs leading-5">{String(value)}</pre>
      <span className="text-faint text-xs">{value === null ? 'null' : typeof value}</span>
      <CopyButton text={String(value)} label={executionText.copyTheResult} />
    </div>
  )
}
