import { pluginText } from '#text/plugin'
import type { Field } from '../no-code/shapes'
import { Markdown } from './Markdown'
import { type PropertyRow, propertyRows } from './property-rows'

/** Properties with what they are for; those inside others indented below them. */
export function PropertyTable({ fields }: { fields: Field[] }) {
  const rows = propertyRows(fields)
  return (
    <div className="divide-y rounded-lg border">
      {rows.map(row => (
        <Property key={row.path} row={row} />
      ))}
    </div>
  )
}

function Property({ row: { path, depth, field, type } }: { row: PropertyRow }) {
  const { isRequired, isDeprecated, description, fallback } = field
  return (
    <div className="px-3 py-2" style={{ paddingLeft: `${0.75 + depth * 1.25}rem` }}>
      <div className="flex flex-wrap items-baseline gap-x-2">
        <code className="break-all font-medium font-mono text-[13px]">{path}</code>
        <span className="break-words text-muted text-xs">{type}</span>
        {isRequired && <span className="text-danger text-xs">{pluginText.required}</span>}
        {isDeprecated && (
          <span className="rounded-full bg-warning-soft px-1.5 text-warning text-xs">{pluginText.deprecated}</span>
        )}
        {fallback !== undefined && fallback !== null && typeof fallback !== 'object' && (
          <span className="text-faint text-xs">
            {pluginText.fallback(<code className="font-mono">{String(fallback)}</code>)}
          </span>
        )}
      </div>
      {description && <Markdown text={description} className="mt-0.5 max-w-prose text-[13px] text-muted" />}
    </div>
  )
}
