import type { DatesPreview } from '#language/triggers/preview-dates'
import { triggerText } from '#text/trigger'
import { Alert } from '#ui/ui/alert'

/** The next dates of a schedule in its zone; what a change of the clock does stands beside them. */
export function NextDates({ preview }: { preview: DatesPreview }) {
  const { dates, problem, hasConditions, zone } = preview
  if (problem) return <Alert tone="warning">{problem}</Alert>
  return (
    <div className="text-[13px]">
      <ol className="space-y-0.5">
        {dates.map(({ date, text, note }) => (
          <li key={date.getTime()} className="flex flex-wrap items-baseline gap-x-3">
            <time dateTime={date.toISOString()} className="font-mono text-xs tabular-nums">
              {weekday(date, zone)} {text.slice(0, 19).replace('T', ' ')}{' '}
              <span className="text-faint">{text.endsWith('Z') ? 'UTC' : text.slice(-6)}</span>
            </time>
            {note && <span className="text-warning text-xs">{note}</span>}
          </li>
        ))}
      </ol>
      {hasConditions && <p className="mt-1.5 text-muted text-xs">{triggerText.conditionsMayExclude}</p>}
    </div>
  )
}

function weekday(date: Date, zone: string): string {
  return date.toLocaleDateString('en', { weekday: 'short', timeZone: zone })
}
