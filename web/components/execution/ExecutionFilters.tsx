'use client'

import { ChevronDown, X } from 'lucide-react'
import { commonText } from '#text/common'
import { executionText } from '#text/execution'
import { SearchInput } from '#ui/SearchInput'
import { Button } from '#ui/ui/button'
import { NativeSelect } from '#ui/ui/input'
import { Menu, MenuCheckboxItem, MenuContent, MenuTrigger } from '#ui/ui/menu'
import { type ExecutionFilterValues, isFiltered, noFilters, ranges } from './filters'
import { LabelFilter } from './LabelFilter'
import { type Renewal, RenewButton } from './RenewButton'
import { StateBadge } from './StateBadge'
import { stateNames } from './states'

type Change = (values: Record<string, string | undefined>) => void

export function ExecutionFilters({
  filters,
  isFlowFixed,
  onChange,
  renewal,
}: {
  filters: ExecutionFilterValues
  isFlowFixed: boolean
  onChange: Change
  renewal: Renewal
}) {
  return (
    <div className="flex flex-wrap items-center gap-2 border-b px-4 py-3 sm:px-6">
      <SearchInput label={executionText.searchExecutions} value={filters.q} onChange={q => onChange({ q })} />
      <StateFilter states={filters.states} onChange={onChange} />
      <NativeSelect
        aria-label={commonText.timeRange}
        className="w-auto"
        value={filters.within ?? ''}
        onChange={event => onChange({ within: event.target.value || undefined, from: undefined, to: undefined })}
      >
        <option value="">{executionText.anyTime}</option>
        {Object.entries(ranges).map(([key, { label }]) => (
          <option key={key} value={key}>
            {label}
          </option>
        ))}
      </NativeSelect>
      {!isFlowFixed && filters.namespace && (
        <Chip
          label={executionText.ofNamespace(filters.namespace)}
          onRemove={() => onChange({ namespace: undefined })}
        />
      )}
      {!isFlowFixed && filters.flow && (
        <Chip label={executionText.ofFlow(filters.flow)} onRemove={() => onChange({ flow: undefined })} />
      )}
      {filters.labels.map(label => (
        <Chip
          key={label}
          label={label}
          onRemove={() => onChange({ labels: filters.labels.filter(one => one !== label).join(',') || undefined })}
        />
      ))}
      {(filters.from || filters.to) && (
        <Chip
          label={spanText(filters.from, filters.to)}
          onRemove={() => onChange({ from: undefined, to: undefined })}
        />
      )}
      <LabelFilter labels={filters.labels} onChange={onChange} />
      {isFiltered(filters) && (
        <Button variant="ghost" onClick={() => onChange(noFilters)}>
          {executionText.clear}
        </Button>
      )}
      <RenewButton renewal={renewal} />
    </div>
  )
}

/** From when to when, in the reader's zone. */
function spanText(from: string | undefined, to: string | undefined): string {
  const text = (date: string) => new Date(date).toLocaleString(undefined, { dateStyle: 'short', timeStyle: 'short' })
  if (from && to) return `${text(from)} – ${text(to)}`
  return from ? executionText.sinceDate(text(from)) : executionText.untilDate(text(to ?? ''))
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
            executionText.anyState
          ) : states.length === 1 ? (
            <StateName state={states[0]!} />
          ) : (
            executionText.statesChosen(states.length)
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
    <Button className="font-normal" onClick={onRemove} title={executionText.removeThisFilter}>
      <span className="max-w-48 truncate">{label}</span>
      <X className="text-faint" aria-hidden />
    </Button>
  )
}
