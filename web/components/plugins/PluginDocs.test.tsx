import { renderToString } from 'react-dom/server'
import { expect, test } from 'vitest'
import { catalog } from '#catalog/manifests'
import { ToastProvider } from '#ui/ui/toast'
import { PluginDocs } from './PluginDocs'

/** One of each kind; what differs from plugin to plugin is tested as rows. */
const types = ['http.Request', 'flow.Switch', 'trigger.Schedule', 'condition.Weekend', 'runner.Process']

test.each(types.map(name => `io.kestra.plugin.core.${name}`))('%s has a page', type => {
  const definition = catalog.find(type)
  if (definition === undefined) throw new Error(`no ${type}`)
  const page = renderToString(
    <ToastProvider>
      <PluginDocs definition={definition} actions={index => <span>Use example {index}</span>} />
    </ToastProvider>,
  )
  expect(page).toContain(definition.title)
  expect(page).toContain('Properties of all')
  expect(page).toContain('Use example')
})
