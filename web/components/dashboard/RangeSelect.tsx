'use client'

import { commonText } from '#text/common'
import { NativeSelect } from '#ui/ui/input'
import { isRange, type RangeKey, ranges } from '#web/components/execution/filters'
import { useUrlState } from '#web/components/url-state'

const usual: RangeKey = '24h'

/** The range in the address; a day where it names none. */
export function useRange(): [RangeKey, (range: RangeKey) => void] {
  const [params, setParams] = useUrlState()
  const within = params.get('within')
  return [isRange(within) ? within : usual, range => setParams({ within: range === usual ? undefined : range })]
}

export function RangeSelect() {
  const [range, setRange] = useRange()
  return (
    <NativeSelect
      aria-label={commonText.timeRange}
      className="w-auto"
      value={range}
      onChange={event => isRange(event.target.value) && setRange(event.target.value)}
    >
      {Object.entries(ranges).map(([key, { label }]) => (
        <option key={key} value={key}>
          {label}
        </option>
      ))}
    </NativeSelect>
  )
}
