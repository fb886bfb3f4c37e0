'use client'

import dynamic from 'next/dynamic'
import { namespaceText } from '#text/namespace'
import { SkeletonRows } from '#ui/ui/skeleton'
import type { Namespace } from './use-namespace'

/** With a reader of YAML. */
const YamlSetting = dynamic(() => import('./YamlSetting').then(module => module.YamlSetting), {
  loading: () => <SkeletonRows />,
})

const Code = ({ children }: { children: string }) => <code className="font-mono">{children}</code>

export function VariablesTab({ namespace: { id, variables } }: { namespace: Namespace }) {
  return (
    <YamlSetting
      id={id}
      label={namespaceText.variables}
      kind="map"
      value={variables}
      example={'city: Ghent\nretries: 3'}
      toChange={value => ({ variables: value as typeof variables })}
      said={namespaceText.savedTheVariables}
      help={namespaceText.whatVariablesAre(id, <Code>{'{{ namespace.city }}'}</Code>)}
    />
  )
}

export function PluginDefaultsTab({ namespace: { id, pluginDefaults } }: { namespace: Namespace }) {
  return (
    <YamlSetting
      id={id}
      label={namespaceText.pluginDefaults}
      kind="list"
      value={pluginDefaults}
      example={'- type: io.kestra.plugin.core.log.Log\n  values:\n    level: WARN'}
      toChange={value => ({ pluginDefaults: value as never })}
      said={namespaceText.savedThePluginDefaults}
      help={namespaceText.whatPluginDefaultsAre(id, <Code>forced: true</Code>)}
    />
  )
}
