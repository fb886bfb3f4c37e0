'use client'

import { blueprintText } from '#text/blueprint'
import { SearchInput } from '#ui/SearchInput'
import { cn } from '#web/components/class-names'
import type { BlueprintCard } from '#web/server/blueprints/blueprint'
import { kinds } from './kinds'

type Filter = { q?: string; tag?: string; kind?: BlueprintCard['kind'] }

/** Search, whose blueprints, and a row of tags; all of it stands in the address. */
export function BlueprintFilters({
  filter,
  tags,
  onChange,
}: {
  filter: Filter
  tags: { name: string; count: number }[]
  onChange: (filter: { q?: string; tag?: string; kind?: string }) => void
}) {
  return (
    <div className="space-y-3 border-b px-4 pb-3 sm:px-6">
      <div className="flex flex-wrap items-center gap-2">
        <SearchInput label={blueprintText.searchBlueprints} value={filter.q} onChange={q => onChange({ q })} />
        <fieldset className="flex rounded-md border border-line-strong p-0.5">
          <legend className="sr-only">{blueprintText.whoseBlueprints}</legend>
          {kinds.map(({ kind, label }) => (
            <button
              key={label}
              type="button"
              aria-pressed={filter.kind === kind}
              onClick={() => onChange({ kind })}
              className="h-6.5 rounded px-2.5 font-medium text-[13px] text-muted transition-colors hover:text-fg aria-pressed:bg-hover aria-pressed:text-fg"
            >
              {label}
            </button>
          ))}
        </fieldset>
      </div>
      <fieldset className="-mx-4 flex gap-1.5 overflow-x-auto px-4 pb-0.5 sm:mx-0 sm:flex-wrap sm:px-0">
        <legend className="sr-only">{blueprintText.tags}</legend>
        {tags.map(({ name, count }) => (
          <button
            key={name}
            type="button"
            aria-pressed={filter.tag === name}
            onClick={() => onChange({ tag: filter.tag === name ? undefined : name })}
            className={cn(
              'flex h-6 shrink-0 items-center gap-1.5 rounded-full border px-2.5 text-muted text-xs transition-colors',
              'hover:border-line-strong hover:text-fg',
              'aria-pressed:border-accent aria-pressed:bg-accent-soft aria-pressed:text-accent',
            )}
          >
            {name}
            <span className="text-faint tabular-nums">{count}</span>
          </button>
        ))}
      </fieldset>
    </div>
  )
}
