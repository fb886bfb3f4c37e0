'use client'

import { CalendarClock, ChevronDown } from 'lucide-react'
import { useEffect, useState } from 'react'
import { triggerText } from '#text/trigger'
import { cn } from '#web/components/class-names'
import { useNow } from '#web/components/time'
import { useSettled } from '#web/components/use-settled'
import { NextDates } from './NextDates'
import { readSchedules, type SchedulePreview } from './read-schedules'

const renewMs = 30_000

/** Below the editor: when the flow would start, as its text stands, saved or not. Nothing where it has no schedule. */
export function NextDatesPanel({ source }: { source: string }) {
  const [isOpen, setIsOpen] = useState(false)
  const schedules = useSchedules(source)
  if (schedules.length === 0) return null
  return (
    <section aria-label={triggerText.nextDates} className="shrink-0 border-t bg-subtle">
      <button
        type="button"
        aria-expanded={isOpen}
        onClick={() => setIsOpen(!isOpen)}
        className="flex h-9 w-full items-center gap-2 px-4 text-left text-[13px] focus-visible:outline-offset-[-2px]"
      >
        <CalendarClock className="size-4 shrink-0 text-muted" aria-hidden />
        <span className="shrink-0">{triggerText.nextDates}</span>
        <span className="min-w-0 truncate text-muted text-xs tabular-nums">{schedules.map(summaryOf).join(' · ')}</span>
        <ChevronDown className={cn('ml-auto size-4 shrink-0 text-faint', !isOpen && 'rotate-180')} aria-hidden />
      </button>
      {isOpen && (
        <div className="flex max-h-60 flex-wrap gap-x-10 gap-y-3 overflow-auto px-4 pb-3">
          {schedules.map(({ id, preview }) => (
            <div key={id} className="min-w-64">
              <p className="mb-1 font-medium text-[13px]">
                {id} <span className="font-normal text-faint text-xs">{preview.zone}</span>
              </p>
              <NextDates preview={preview} />
            </div>
          ))}
        </div>
      )}
    </section>
  )
}

/** While the text is half written, what it said before stays. */
function useSchedules(source: string): SchedulePreview[] {
  const settled = useSettled(source)
  const now = useNow(true, renewMs)
  const [schedules, setSchedules] = useState<SchedulePreview[]>([])
  useEffect(() => {
    const read = readSchedules(settled, new Date(now))
    if (read !== undefined) setSchedules(read)
  }, [settled, now])
  return schedules
}

function summaryOf({ id, preview: { dates, problem } }: SchedulePreview): string {
  const [first] = dates
  return `${id}: ${first === undefined ? problem : first.text.slice(0, 16).replace('T', ' ')}`
}
