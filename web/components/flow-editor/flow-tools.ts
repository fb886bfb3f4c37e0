/** The language with its catalog of plugins, for the browser. Heavy: only ever imported dynamically. */

import { catalog } from '#catalog/manifests'
import type { SourceMap } from '#language/diagnostics'
import type { EditResult, FlowEdit } from '#language/graph/edit'
import { editFlow as edit } from '#language/graph/edit-flow'
import { topologyOf } from '#language/graph/read-topology'
import type { Topology } from '#language/graph/topology'
import { isJsonObject, type JsonObject } from '#language/json'
import { readYaml } from '#language/yaml/read-yaml'
import { editorText } from '#text/editor'

/** What the form and the graph show of a text. */
export type FlowReading = {
  value: JsonObject
  topology: Topology
  source: SourceMap
  /** Why the text can't be read whole, and the line (from 1) where that begins. */
  problem: { message: string; line: number } | undefined
}

/** Reads a text, however broken; never throws. */
export function readFlow(text: string): FlowReading {
  const { value, diagnostics, source, readableUntil } = readYaml(text)
  const flow = isJsonObject(value) ? value : undefined
  const first = diagnostics.find(({ severity }) => severity === 'error')
  const isBroken = flow === undefined || readableUntil < Number.POSITIVE_INFINITY
  return {
    value: flow ?? {},
    topology: topologyOf(flow ?? {}, source, catalog),
    source,
    problem: isBroken ? { message: first?.message ?? editorText.noFlow, line: first?.range.line ?? 1 } : undefined,
  }
}

export function editFlow(text: string, change: FlowEdit): EditResult {
  return edit(text, change, catalog)
}

export { catalog }
