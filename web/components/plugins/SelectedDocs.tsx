'use client'

import { BookOpen } from 'lucide-react'
import type { Catalog } from '#language/catalog'
import { pluginText } from '#text/plugin'
import { EmptyState } from '#ui/ui/empty-state'
import { ScrollRegion } from '#ui/ui/scroll-region'
import { PluginDocs } from './PluginDocs'

/** The documentation of what is selected in the flow. */
export function SelectedDocs({ type, catalog }: { type: string | undefined; catalog: Catalog }) {
  const definition = type === undefined ? undefined : catalog.find(type)
  if (definition === undefined) {
    return (
      <EmptyState
        icon={BookOpen}
        title={type === undefined ? pluginText.chooseTaskTrigger : pluginText.noSuchPlugin}
        text={type === undefined ? pluginText.howToChoose : pluginText.mayBeMistyped(type)}
      />
    )
  }
  return (
    <ScrollRegion aria-label={pluginText.documentation} key={definition.type}>
      <PluginDocs definition={definition} />
    </ScrollRegion>
  )
}
