'use client'

import { commonText } from '#text/common'
import { logsText } from '#text/logs'
import { type Renewal, RenewButton } from '#ui/execution/RenewButton'
import { LevelSelect } from '#ui/logs/LevelSelect'
import { SearchInput } from '#ui/SearchInput'
import { Button } from '#ui/ui/button'
import { Input, NativeSelect } from '#ui/ui/input'
import { ranges } from '#web/components/execution/filters'
import { isNarrowed, type LogPageFilters, noFilters, usual } from './log-page-filters'

export function LogFilterBar({
  filters,
  renewal,
  onChange,
}: {
  filters: LogPageFilters
  renewal: Renewal
  onChange: (values: Record<string, string | undefined>) => void
}) {
  const { q, minLevel, namespace, flow, within } = filters
  return (
    <div className="flex flex-wrap items-center gap-2 border-b px-4 py-3 sm:px-6">
      <SearchInput label={logsText.searchMessages} value={q} onChange={text => onChange({ q: text })} />
      <LevelSelect value={minLevel} usual={usual.level} onChange={level => onChange({ level })} />
      <NativeSelect
        aria-label={commonText.timeRange}
        className="w-auto"
        value={within}
        onChange={event => onChange({ within: event.target.value === usual.within ? undefined : event.target.value })}
      >
        {Object.entries(ranges).map(([key, { label }]) => (
          <option key={key} value={key}>
            {label}
          </option>
        ))}
      </NativeSelect>
      <NameInput label={commonText.namespace} value={namespace} onChange={value => onChange({ namespace: value })} />
      <NameInput label={commonText.flow} value={flow} onChange={value => onChange({ flow: value })} />
      {isNarrowed(filters) && (
        <Button variant="ghost" onClick={() => onChange(noFilters)}>
          {logsText.clear}
        </Button>
      )}
      <RenewButton renewal={renewal} />
    </div>
  )
}

type NameProps = { label: string; value: string | undefined; onChange: (value: string | undefined) => void }

/** Taken on Enter and when the field is left. */
function NameInput({ label, value, onChange }: NameProps) {
  return (
    <Input
      key={value ?? ''}
      aria-label={label}
      placeholder={label}
      className="w-36"
      spellCheck={false}
      autoCapitalize="none"
      defaultValue={value ?? ''}
      onKeyDown={event => event.key === 'Enter' && onChange(event.currentTarget.value.trim() || undefined)}
      onBlur={event => event.target.value.trim() !== (value ?? '') && onChange(event.target.value.trim() || undefined)}
    />
  )
}
