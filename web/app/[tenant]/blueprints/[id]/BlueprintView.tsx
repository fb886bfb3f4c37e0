'use client'

import dynamic from 'next/dynamic'
import { blueprintText } from '#text/blueprint'
import { commonText } from '#text/common'
import { CopyButton } from '#ui/CopyButton'
import { Markdown } from '#ui/Markdown'
import { PageHeader } from '#ui/shell/PageHeader'
import { Skeleton } from '#ui/ui/skeleton'
import { useTenant } from '#web/components/tenant'
import type { Outputs } from '#web/components/trpc'
import { BlueprintActions } from './BlueprintActions'
import { NeedsPanel } from './NeedsPanel'
import { PluginsPanel } from './PluginsPanel'
import { SinceThen } from './SinceThen'
import { VersionsPanel } from './VersionsPanel'
import { YamlText } from './YamlText'

const FlowPreview = dynamic(() => import('#ui/flow-graph/FlowPreview').then(module => module.FlowPreview), {
  ssr: false,
  loading: () => <Skeleton className="h-full rounded-none" />,
})

export type BlueprintDetail = Outputs['blueprint']['get']

/** What a blueprint does and needs, its graph, its text. */
export function BlueprintView({
  blueprint,
  onVersion,
}: {
  blueprint: BlueprintDetail
  onVersion: (version: number | undefined) => void
}) {
  const tenant = useTenant()
  const { title, description, source } = blueprint
  return (
    <>
      <PageHeader
        crumbs={[{ label: commonText.blueprints, href: `/${tenant}/blueprints` }]}
        title={title}
        actions={<BlueprintActions blueprint={blueprint} />}
      />
      <div className="grid flex-1 content-start border-t lg:grid-cols-[minmax(16rem,22rem)_1fr] lg:content-stretch">
        <div className="space-y-6 p-4 sm:px-6 lg:border-r">
          <section aria-label={blueprintText.description}>
            {description ? (
              <Markdown text={description} />
            ) : (
              <p className="text-[13px] text-muted">{blueprintText.noDescription}</p>
            )}
          </section>
          <NeedsPanel blueprint={blueprint} />
          <PluginsPanel types={blueprint.types} />
          {blueprint.kind === 'OWN' && <VersionsPanel blueprint={blueprint} onVersion={onVersion} />}
        </div>
        <div className="min-w-0">
          <section
            aria-label={blueprintText.graph}
            className="h-72 border-y bg-subtle sm:h-96 lg:border-t-0"
            data-tour="graph"
          >
            <FlowPreview source={source} />
          </section>
          <section aria-label={blueprintText.yaml} className="relative" data-tour="code">
            <CopyButton
              text={source}
              label={blueprintText.copyTheYaml}
              className="absolute top-2 right-2 z-10 size-7 bg-surface"
            />
            <YamlText text={source} />
          </section>
          {blueprint.version < blueprint.latestVersion && <SinceThen blueprint={blueprint} />}
        </div>
      </div>
    </>
  )
}
