import { dashboardText } from '#text/dashboard'

export type TipRow = { name: string; color: string; value: string }

/** What a chart says of the place under the pointer. */
export function ChartTip({ title, rows }: { title: string; rows: TipRow[] }) {
  return (
    <div className="rounded-md border bg-surface px-2.5 py-1.5 text-xs shadow-pop">
      <p className="mb-1 text-muted">{title}</p>
      {rows.length === 0 && <p className="text-faint">{dashboardText.noneThen}</p>}
      {rows.map(({ name, color, value }) => (
        <p key={name} className="flex items-center gap-1.5">
          <span className="size-2 rounded-sm" style={{ background: color }} aria-hidden />
          {name}
          <span className="ml-auto pl-4 font-medium tabular-nums">{value}</span>
        </p>
      ))}
    </div>
  )
}
