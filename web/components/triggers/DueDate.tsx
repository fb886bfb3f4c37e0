import { inZone } from '#language/triggers/in-zone'
import { triggerText } from '#text/trigger'

/** A date of a trigger as its own zone shows it; in the reader's on hover. */
export function DueDate({ date, zone }: { date: string | undefined; zone: string }) {
  if (date === undefined) return <span className="text-faint">–</span>
  const text = inZone(new Date(date), zone)
  return (
    <time
      dateTime={date}
      title={triggerText.inYourTimeZone(new Date(date).toLocaleString())}
      suppressHydrationWarning
      className="whitespace-nowrap tabular-nums"
    >
      {text.slice(0, 16).replace('T', ' ')} <span className="text-faint">{offsetOf(text)}</span>
    </time>
  )
}

function offsetOf(text: string): string {
  return text.endsWith('Z') ? 'UTC' : text.slice(-6)
}
