'use client'

import { ChevronDown, X } from 'lucide-react'
import { SearchInput } from '#ui/SearchInput'
import { Button } from '#ui/ui/button'
import { NativeSelect } from '#ui/ui/input'
import { Menu, MenuCheckboxItem, MenuContent, MenuTrigger } from '#ui/ui/menu'
import { type ExecutionFilterValues, isFiltered, noFilters, ranges } from './filters'
import { StateBadge } from './StateBadge'
import { stateNames } from './states'

type Change = (values: Record<string, string | undefined>) => void

export function ExecutionFilters({
  filters,
  isFlowFixed,
  onChange,
}: {
  filters: ExecutionFilterValues
  isFlowFixed: boolean
  onChange: Change
}) {
  return (
    <div className="flex flex-wrap items-center gap-2 border-b px-4 py-3 sm:px-6">
      <SearchInput label="Search executions" value={filters.q} onChange={q => onChange({ q })} />
      <StateFilter states={filters.states} onChange={onChange} />
      <NativeSelect
        aria-label="Time range"
        className="w-auto"
        value={filters.within ?? ''}
        onChange={event => onChange({ within: event.target.value || undefined })}
      >
        <option value="">Any time</option>
        {Object.entries(ranges).map(([key, { label }]) => (
          <option key={key} value={key}>
            {label}
          </option>
        ))}
      </NativeSelect>
      {!isFlowFixed && filters.namespace && (
        <Chip label={`Namespace: ${filters.namespace}`} onRemove={() => onChange({ namespace: undefined })} />
      )}
      {!isFlowFixed && filters.flow && (
        <Chip label={`Flow: ${filters.flow}`} onRemove={() => onChange({ flow: undefined })} />
      )}
      {isFiltered(filters) && (
        <Button variant="ghost" onClick={() => onChange(noFilters)}>
          Clear
        </Button>
      )}
    </div>
  )
}

function StateFilter({ states, onChange }: { states: string[]; onChange: Change }) {
  function toggle(state: string, isOn: boolean) {
    const next = isOn ? [...states, state] : states.filter(one => one !== state)
    onChange({ state: next.join(',') || undefined })
  }
  return (
    <Menu>
      <MenuTrigger asChild>
        <Button className="font-normal">
          {states.length === 0 ? (
            'Any state'
          ) : states.length === 1 ? (
            <StateName state={states[0]!} />
          ) : (
            `${states.length} states`
          )}
          <ChevronDown className="text-faint" aria-hidden />
        </Button>
      </MenuTrigger>
      <MenuContent align="start" className="max-h-80 overflow-auto">
        {stateNames.map(state => (
          <MenuCheckboxItem
            key={state}
            checked={states.includes(state)}
            onCheckedChange={isOn => toggle(state, isOn === true)}
          >
            <StateBadge state={state} />
          </MenuCheckboxItem>
        ))}
      </MenuContent>
    </Menu>
  )
}

function StateName({ state }: { state: string }) {
  return <StateBadge state={state} className="-ml-1" />
}

function Chip({ label, onRemove }: { label: string; onRemove: () => void }) {
  return (
    <Button className="font-normal" onClick={onRemove} title="Remove this filter">
      <span className="max-w-48 truncate">{label}</span>
      <X className="text-faint" aria-hidden />
    </Button>
  )
}
