'use client'

import { CircleCheck, Users } from 'lucide-react'
import Link from 'next/link'
import { blueprintText } from '#text/blueprint'
import { PluginIcon } from '#ui/flow-graph/PluginIcon'
import { useTenant } from '#web/components/tenant'
import type { BlueprintCard as Card } from '#web/server/blueprints/blueprint'
import { plainText } from './plain-text'

const mostIcons = 5

/** One blueprint of the gallery; the whole card is its link. */
export function BlueprintCard({ card: { id, kind, title, description, tags, types, runsAnywhere } }: { card: Card }) {
  const tenant = useTenant()
  const more = types.length - mostIcons
  return (
    <li
      data-tour={`blueprint-${id}`}
      className="group relative flex flex-col rounded-lg border bg-surface p-4 transition-colors focus-within:border-accent hover:border-line-strong hover:bg-subtle"
    >
      <div className="flex items-center gap-1">
        {types.slice(0, mostIcons).map(type => (
          <PluginIcon key={type} type={type} className="size-7" />
        ))}
        {more > 0 && <span className="ml-1 text-faint text-xs">+{more}</span>}
        <span className="ml-auto flex items-center gap-1 self-start text-xs">
          {runsAnywhere && (
            <span
              className="flex items-center gap-1 rounded-full bg-success-soft px-2 py-0.5 text-success"
              title={blueprintText.whatRunsAnywhere}
            >
              <CircleCheck className="size-3" aria-hidden /> {blueprintText.runsAnywhere}
            </span>
          )}
          {kind === 'OWN' && (
            <span className="flex items-center gap-1 rounded-full bg-accent-soft px-2 py-0.5 text-accent">
              <Users className="size-3" aria-hidden /> {blueprintText.ourOwn}
            </span>
          )}
        </span>
      </div>
      <h2 className="mt-3 font-medium text-sm group-hover:text-accent">
        <Link href={`/${tenant}/blueprints/${id}`} className="outline-none after:absolute after:inset-0">
          {title}
        </Link>
      </h2>
      <p className="mt-1 line-clamp-3 text-[13px] text-muted">{plainText(description)}</p>
      <p className="mt-auto flex flex-wrap gap-x-2 pt-3 text-faint text-xs">
        {tags.map(tag => (
          <span key={tag}>{tag}</span>
        ))}
      </p>
    </li>
  )
}
