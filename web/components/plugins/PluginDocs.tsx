import type { ReactNode } from 'react'
import type { PluginDefinition } from '#language/define-plugin'
import { commonSchema, outputSchema, ownSchema } from '#language/editor-schema'
import { pluginText } from '#text/plugin'
import { CopyButton } from '#ui/CopyButton'
import { Alert } from '#ui/ui/alert'
import { fieldsOf } from '../no-code/shapes'
import { kindLabels } from './kinds'
import { Markdown } from './Markdown'
import { PropertyTable } from './PropertyTable'

/** All that a flow's author needs to know of a plugin, made of its own schemas. */
export function PluginDocs({
  definition,
  actions,
}: {
  definition: PluginDefinition
  /** Beside an example. */
  actions?: (index: number) => ReactNode
}) {
  const { type, kind, title, description, deprecated, examples, outputs, aliases = [] } = definition
  const own = fieldsOf(ownSchema(definition)).filter(({ name }) => name !== 'type')
  const common = fieldsOf(commonSchema(kind)).filter(({ name }) => !own.some(field => field.name === name))
  const results = outputs ? fieldsOf(outputSchema(outputs)) : []
  return (
    <article className="max-w-4xl space-y-7 px-4 py-4 sm:px-6">
      <header className="space-y-2">
        <div className="flex flex-wrap items-baseline gap-x-2.5">
          <h2 className="font-semibold text-lg">{title}</h2>
          <span className="rounded-full bg-hover px-2 py-0.5 text-muted text-xs">{kindLabels[kind].one}</span>
        </div>
        <p className="flex items-center gap-1 break-all font-mono text-muted text-xs">
          {type} <CopyButton text={type} label={pluginText.copyTheType} />
        </p>
        {deprecated && <Alert tone="warning">{pluginText.deprecatedBecause(deprecated)}</Alert>}
        {description && <Markdown text={description} className="max-w-prose text-[13px]" />}
      </header>
      {examples.length > 0 && (
        <Part title={examples.length > 1 ? pluginText.examples : pluginText.example}>
          {examples.map(({ title, yaml }, index) => (
            <figure key={title} className="overflow-hidden rounded-lg border">
              <figcaption className="flex items-center gap-2 border-b bg-subtle py-1 pr-1 pl-3 text-[13px]">
                <span className="min-w-0 flex-1">{title}</span>
                {actions?.(index)}
                <CopyButton text={yaml} label={pluginText.copyTheExample} />
              </figcaption>
              <pre className="overflow-x-auto p-3 font-mono text-xs leading-5">{yaml.trimEnd()}</pre>
            </figure>
          ))}
        </Part>
      )}
      {own.length > 0 && (
        <Part title={pluginText.properties}>
          <PropertyTable fields={sorted(own)} />
        </Part>
      )}
      {results.length > 0 && (
        <Part
          title={pluginText.outputs}
          note={kind === 'trigger' ? pluginText.howTriggersOutputsAreRead : pluginText.howTasksOutputsAreRead}
        >
          <PropertyTable fields={results.map(field => ({ ...field, isRequired: false }))} />
        </Part>
      )}
      <details>
        <summary className="cursor-pointer rounded font-semibold text-[13px]">{kindLabels[kind].common}</summary>
        <div className="mt-3">
          <PropertyTable fields={common} />
        </div>
      </details>
      {aliases.length > 0 && (
        <p className="text-muted text-xs">
          {pluginText.alsoCalled(
            aliases.map((alias, index) => (
              <span key={alias}>
                {index > 0 && ', '}
                <code className="break-all font-mono">{alias}</code>
              </span>
            )),
          )}
        </p>
      )}
    </article>
  )
}

function Part({ title, note, children }: { title: string; note?: string; children: ReactNode }) {
  return (
    <section className="space-y-2.5">
      <h3 className="font-semibold text-[13px]">
        {title} {note && <span className="font-normal text-muted text-xs">{note}</span>}
      </h3>
      {children}
    </section>
  )
}

/** What is required first, what is deprecated last. */
function sorted(fields: ReturnType<typeof fieldsOf>) {
  const rank = ({ isRequired, isDeprecated }: (typeof fields)[number]) => (isDeprecated ? 2 : isRequired ? 0 : 1)
  return fields.toSorted((a, b) => rank(a) - rank(b))
}
