'use client'

import { commonText } from '#text/common'
import { PluginIcon } from '#ui/flow-graph/PluginIcon'
import { shortType } from '#web/components/short-type'
import { PanelTitle } from './PanelTitle'

export function PluginsPanel({ types }: { types: string[] }) {
  return (
    <section>
      <PanelTitle>{commonText.plugins}</PanelTitle>
      <ul className="space-y-1.5">
        {types.map(type => (
          <li key={type} className="flex items-center gap-2 text-[13px]" title={type}>
            <PluginIcon type={type} className="size-6" />
            <span className="truncate">{shortType(type)}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
