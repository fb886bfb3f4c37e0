import type { Metadata } from 'next'
import { type CatalogueEntry, catalogue } from '#language/expressions/catalogue'
import { commonText } from '#text/common'
import { pluginText } from '#text/plugin'
import { Markdown } from '#ui/plugins/Markdown'
import { PageHeader } from '#ui/shell/PageHeader'

export const metadata: Metadata = { title: pluginText.expressions }

type Props = { params: Promise<{ tenant: string }> }

/** All that may be called inside `{{ }}`; a test runs each example. */
export default async function Page({ params }: Props) {
  const { tenant } = await params
  const { functions, filters, tests } = catalogue()
  return (
    <>
      <PageHeader crumbs={[{ label: commonText.plugins, href: `/${tenant}/plugins` }]} title={pluginText.expressions} />
      <div className="border-t px-4 py-5 sm:px-6">
        <div className="max-w-4xl space-y-8">
          <p className="max-w-prose text-[13px] text-muted">
            {pluginText.whatExpressionsAre(
              <code className="font-mono">{'{{'}</code>,
              <code className="font-mono">{'}}'}</code>,
            )}
          </p>
          <Entries kind="functions" title={pluginText.functions} entries={functions} />
          <Entries kind="filters" title={pluginText.filters} note={pluginText.howFiltersAreWritten} entries={filters} />
          <Entries kind="tests" title={pluginText.tests} note={pluginText.howTestsAreWritten} entries={tests} />
        </div>
      </div>
    </>
  )
}

type EntriesProps = { kind: string; title: string; note?: string; entries: CatalogueEntry[] }

function Entries({ kind, title, note, entries }: EntriesProps) {
  return (
    <section>
      <h2 className="mb-2.5 font-semibold text-[13px]">
        {title} {note && <span className="font-normal text-muted text-xs">{note}</span>}
      </h2>
      <dl className="divide-y rounded-lg border">
        {entries.map(({ name, signature, description, example }) => (
          <div key={name} id={`${kind}-${name}`} className="px-3 py-2">
            <dt className="font-medium font-mono text-[13px]">{signature}</dt>
            <dd className="mt-0.5 text-[13px] text-muted">
              <Markdown text={description} />
            </dd>
            <dd className="mt-1 break-words font-mono text-xs">{example.replace(' -> ', '  →  ')}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
