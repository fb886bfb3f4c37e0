'use client'

import { ArrowLeftRight, BookOpen, ChevronRight } from 'lucide-react'
import { useId, useState } from 'react'
import type { PluginDefinition } from '#language/define-plugin'
import { startsWith } from '#language/paths'
import { commonText } from '#text/common'
import { formText } from '#text/form'
import { Button } from '#ui/ui/button'
import type { FlowReading } from '../flow-editor/flow-tools'
import { type FlowNode, nodesOf } from '../flow-editor/nodes'
import { PluginIcon } from '../flow-graph/PluginIcon'
import { Problems } from './FieldRow'
import { useForm } from './form-context'
import { IdControl } from './IdControl'
import { PickDialog } from './PickDialog'

/** The way from the flow to what the form is about; its id and its type. */
export function NodeHead({
  node,
  reading,
  definition,
  onSelect,
}: {
  node: FlowNode | undefined
  reading: FlowReading
  definition: PluginDefinition | undefined
  onSelect: (key: string | undefined) => void
}) {
  const flowId = typeof reading.value.id === 'string' ? reading.value.id : commonText.flow
  if (node === undefined) {
    return (
      <header className="px-4 pt-3 pb-3">
        <h2 className="font-semibold text-[15px]">{flowId}</h2>
        <p className="text-muted text-xs">{formText.flowItselfChooseTask}</p>
      </header>
    )
  }
  const around = nodesOf(reading.topology).filter(
    other => other.node.key !== node.node.key && startsWith(node.node.path, other.node.path),
  )
  return (
    <header className="space-y-3 px-4 pt-3 pb-3.5">
      <nav aria-label={formText.placeInTheFlow} className="flex flex-wrap items-center gap-1 text-muted text-xs">
        <button type="button" className="rounded hover:text-fg" onClick={() => onSelect(undefined)}>
          {flowId}
        </button>
        {around.map(({ node }) => (
          <span key={node.key} className="flex items-center gap-1">
            <ChevronRight className="size-3 text-faint" aria-hidden />
            <button type="button" className="rounded hover:text-fg" onClick={() => onSelect(node.key)}>
              {node.id ?? formText.withoutAnId}
            </button>
          </span>
        ))}
        <ChevronRight className="size-3 text-faint" aria-hidden />
        <span>{node.kind === 'task' ? commonText.task : commonText.trigger}</span>
      </nav>
      <IdField node={node} key={node.node.key} />
      <TypeField node={node} definition={definition} />
    </header>
  )
}

function IdField({ node: { node } }: { node: FlowNode }) {
  const { problemsAt } = useForm()
  const id = useId()
  return (
    <div>
      <p id={id} className="mb-1 font-medium text-[13px]">
        id
      </p>
      <IdControl labelledBy={id} path={[...node.path, 'id']} value={node.id} />
      <Problems problems={problemsAt([...node.path, 'id'])} />
    </div>
  )
}

function TypeField({ node: { kind, node }, definition }: { node: FlowNode; definition: PluginDefinition | undefined }) {
  const { catalog, edit, isReadOnly, problemsAt, showDocs } = useForm()
  const [isPicking, setIsPicking] = useState(false)
  return (
    <div>
      <p className="mb-1 font-medium text-[13px]">type</p>
      <div className="flex items-center gap-2 rounded-md border bg-subtle py-1.5 pr-1.5 pl-2.5">
        <PluginIcon type={node.type} className="size-7" />
        <div className="min-w-0 flex-1">
          <p className="truncate text-[13px]">{definition?.title ?? formText.titleWithoutType}</p>
          <p className="truncate font-mono text-faint text-xs">{node.type}</p>
        </div>
        {definition && (
          <Button
            variant="ghost"
            size="icon"
            className="size-7"
            aria-label={formText.documentation}
            title={formText.documentation}
            onClick={showDocs}
          >
            <BookOpen />
          </Button>
        )}
        {!isReadOnly && (
          <Button size="sm" onClick={() => setIsPicking(true)}>
            <ArrowLeftRight aria-hidden /> {commonText.change}
          </Button>
        )}
      </div>
      <Problems problems={problemsAt([...node.path, 'type'])} />
      {isPicking && (
        <PickDialog
          title={formText.changeTheType}
          kind={kind}
          catalog={catalog}
          onClose={() => setIsPicking(false)}
          onPick={type => edit({ kind: 'set', path: [...node.path, 'type'], value: type })}
        />
      )}
    </div>
  )
}
