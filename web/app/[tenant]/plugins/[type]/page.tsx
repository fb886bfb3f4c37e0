import type { Metadata } from 'next'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { catalog } from '#catalog/manifests'
import { commonText } from '#text/common'
import { pluginText } from '#text/plugin'
import { PluginDocs } from '#ui/plugins/PluginDocs'
import { PageHeader } from '#ui/shell/PageHeader'
import { Button } from '#ui/ui/button'
import { shortNameOf } from '#web/components/plugins/groups'

type Props = { params: Promise<{ tenant: string; type: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: shortNameOf((await params).type) }
}

/** A plugin's documentation, made on the server of the plugin's own schemas. */
export default async function Page({ params }: Props) {
  const { tenant, type } = await params
  const definition = catalog.find(type)
  if (definition === undefined) notFound()
  return (
    <>
      <PageHeader
        crumbs={[{ label: commonText.plugins, href: `/${tenant}/plugins` }]}
        title={shortNameOf(definition.type)}
      />
      <div className="border-t">
        <PluginDocs
          definition={definition}
          actions={index => (
            <Button size="sm" variant="ghost" asChild>
              <Link href={`/${tenant}/flows/new?plugin=${definition.type}&example=${index}`}>
                {pluginText.useNewFlow}
              </Link>
            </Button>
          )}
        />
      </div>
    </>
  )
}
