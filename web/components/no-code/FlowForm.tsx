'use client'

import type { Catalog } from '#language/catalog'
import type { Diagnostic } from '#language/diagnostics'
import { isSamePath, startsWith, valueAt } from '#language/paths'
import { formText } from '#text/form'
import { ScrollRegion } from '#ui/ui/scroll-region'
import type { FlowReading } from '../flow-editor/flow-tools'
import { type FlowNode, nodeOfPath, nodesOf } from '../flow-editor/nodes'
import type { ApplyEdit } from '../flow-editor/use-flow-edits'
import { Control } from './Control'
import { expressionsAt } from './expression-variables'
import { Problems } from './FieldRow'
import { FormSection } from './FormSection'
import { FormProvider, type FormTools } from './form-context'
import { formOfFlow, formOfPlugin, unknownFields } from './form-model'
import { NodeHead } from './NodeHead'
import { useSecretNames } from './use-secret-names'

export type FlowFormProps = {
  reading: FlowReading
  /** The flow's own form where none is chosen. */
  node: FlowNode | undefined
  diagnostics: Diagnostic[]
  catalog: Catalog
  isReadOnly: boolean
  onEdit: ApplyEdit
  onSelect: (key: string | undefined) => void
  onGoTo: (line: number) => void
  onShowDocs: () => void
}

/** Parts of a flow without expressions. */
const plainParts = new Set<unknown>([
  'labels',
  'inputs',
  'concurrency',
  'retry',
  'quotas',
  'workerGroup',
  'workerSelector',
])

/** A flow, or the task or trigger that is selected, as a form; each change is an edit of the text. */
export function FlowForm({
  reading,
  node,
  diagnostics,
  catalog,
  isReadOnly,
  onEdit,
  onSelect,
  onGoTo,
  onShowDocs,
}: FlowFormProps) {
  const { topology, source, value: flow } = reading
  const path = node?.node.path ?? []
  const secrets = useSecretNames(typeof flow.namespace === 'string' ? flow.namespace : '')
  const value = valueAt(flow, path)
  const definition = node?.node.type === undefined ? undefined : catalog.find(node.node.type)
  const groups = node ? definition && formOfPlugin(definition) : formOfFlow()
  const tools: FormTools = {
    catalog,
    Control,
    isReadOnly,
    edit: onEdit,
    lineOf: place => source.rangeOf(place, 'key').line,
    problemsAt: (place, deep) =>
      diagnostics.filter(found => (deep ? startsWith(found.path, place) : isSamePath(found.path, place))),
    goTo: onGoTo,
    showDocs: onShowDocs,
    selectPath: place => onSelect(nodeOfPath(topology, place)?.node.key),
    mayExpress: place => place.length > 1 && !plainParts.has(place[0]),
    variables: () => expressionsAt(flow, path, { catalog, secrets }),
    takenIds: () => new Set(nodesOf(topology).flatMap(({ node }) => node.id ?? [])),
  }
  return (
    <FormProvider value={tools}>
      <ScrollRegion aria-label={formText.form} key={node?.node.key ?? 'flow'}>
        <NodeHead node={node} reading={reading} definition={definition} onSelect={onSelect} />
        <div className="px-4 pb-2 empty:hidden">
          <Problems problems={tools.problemsAt(path)} />
        </div>
        {groups &&
          [...groups, ...unknownFields(groups, value)].map(group => (
            <FormSection key={group.title ?? ''} group={group} path={path} value={value} />
          ))}
        {node && !definition && node.node.type && (
          <p className="px-4 pb-4 text-[13px] text-muted">
            {formText.noSuchPlugin(<code className="font-mono text-xs">{node.node.type}</code>)}
          </p>
        )}
      </ScrollRegion>
    </FormProvider>
  )
}
