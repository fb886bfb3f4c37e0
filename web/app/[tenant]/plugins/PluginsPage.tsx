'use client'

import { FunctionSquare, Search } from 'lucide-react'
import Link from 'next/link'
import { useMemo } from 'react'
import { commonText } from '#text/common'
import { pluginText } from '#text/plugin'
import { PluginIcon } from '#ui/flow-graph/PluginIcon'
import { SearchInput } from '#ui/SearchInput'
import { PageHeader } from '#ui/shell/PageHeader'
import { Button } from '#ui/ui/button'
import { EmptyState } from '#ui/ui/empty-state'
import { NativeSelect } from '#ui/ui/input'
import { groupOf, shortNameOf } from '#web/components/plugins/groups'
import { kindLabels, kindNames } from '#web/components/plugins/kinds'
import { findPlugins, type PluginSummary } from '#web/components/plugins/plugin-summaries'
import { useTenant } from '#web/components/tenant'
import { useUrlState } from '#web/components/url-state'

/** All that a flow may name: searched, by group. */
export function PluginsPage({ plugins }: { plugins: PluginSummary[] }) {
  const tenant = useTenant()
  const [params, setParams] = useUrlState()
  const q = params.get('q') ?? ''
  const kind = kindNames.find(name => name === params.get('kind'))
  const found = useMemo(() => findPlugins(plugins, q, kind), [plugins, q, kind])
  const groups = [...new Set(found.map(({ type }) => groupOf(type)))]
  return (
    <>
      <PageHeader
        title={commonText.plugins}
        note={<span className="text-muted text-xs">{pluginText.types(found.length)}</span>}
        actions={
          <Button asChild>
            <Link href={`/${tenant}/plugins/expressions`}>
              <FunctionSquare aria-hidden /> {pluginText.expressions}
            </Link>
          </Button>
        }
      />
      <div className="flex flex-wrap gap-2 border-b px-4 pb-3 sm:px-6">
        <SearchInput label={pluginText.searchPlugins} value={q} onChange={value => setParams({ q: value })} />
        <NativeSelect
          aria-label={commonText.kind}
          className="w-auto"
          value={kind ?? ''}
          onChange={({ target }) => setParams({ kind: target.value || undefined })}
        >
          <option value="">{pluginText.anyKind}</option>
          {kindNames.map(name => (
            <option key={name} value={name}>
              {kindLabels[name].many}
            </option>
          ))}
        </NativeSelect>
      </div>
      {found.length === 0 && (
        <EmptyState icon={Search} title={pluginText.noPluginMatches} text={pluginText.tryAnotherWord}>
          <Button onClick={() => setParams({ q: undefined, kind: undefined })}>{commonText.clearTheFilters}</Button>
        </EmptyState>
      )}
      <div className="space-y-7 px-4 py-5 sm:px-6">
        {groups.map(group => (
          <section key={group} aria-labelledby={`group-${group}`}>
            <h2 id={`group-${group}`} className="mb-2.5 font-semibold text-[13px]">
              {group}
            </h2>
            <ul className="grid gap-2.5 sm:grid-cols-2 xl:grid-cols-3">
              {found
                .filter(({ type }) => groupOf(type) === group)
                .map(plugin => (
                  <PluginCard key={plugin.type} plugin={plugin} tenant={tenant} />
                ))}
            </ul>
          </section>
        ))}
      </div>
    </>
  )
}

function PluginCard({ plugin, tenant }: { plugin: PluginSummary; tenant: string }) {
  const { type, kind, title, summary, isDeprecated } = plugin
  return (
    <li>
      <Link
        href={`/${tenant}/plugins/${type}`}
        className="flex h-full gap-3 rounded-lg border bg-surface p-3 transition-colors hover:border-line-strong hover:bg-subtle"
      >
        <PluginIcon type={type} />
        <span className="min-w-0 flex-1">
          <span className="flex items-baseline gap-2">
            <span className="truncate font-medium text-[13px]">{title}</span>
            {kind !== 'task' && <span className="shrink-0 text-faint text-xs">{kindLabels[kind].one}</span>}
            {isDeprecated && (
              <span className="shrink-0 rounded-full bg-warning-soft px-1.5 text-warning text-xs">
                {pluginText.deprecated}
              </span>
            )}
          </span>
          <span className="mt-0.5 line-clamp-2 text-muted text-xs">{summary}</span>
          <span className="mt-0.5 block truncate font-mono text-[11px] text-faint">{shortNameOf(type)}</span>
        </span>
      </Link>
    </li>
  )
}
