import type { Metadata } from 'next'
import { catalog } from '#catalog/manifests'
import { flowText } from '#text/flow'
import { NewFlowPage } from './NewFlowPage'

export const metadata: Metadata = { title: flowText.newFlow }

/**
 * What it starts from: `?blueprint=hello-world`, also with `namespace`, `flow` (the id) and `arguments` (JSON); or
 * `?plugin=io.kestra...` with `example`, the number of one of its examples.
 */
type Params = {
  blueprint?: string
  namespace?: string
  flow?: string
  arguments?: string
  plugin?: string
  example?: string
}

export default async function Page({ searchParams }: { searchParams: Promise<Params> }) {
  const { blueprint, namespace, flow, arguments: given, plugin = '', example = '0' } = await searchParams
  const text = catalog.find(plugin)?.examples[Number(example)]?.yaml
  if (blueprint === undefined) return <NewFlowPage start={text === undefined ? undefined : { text }} />
  return <NewFlowPage start={{ id: blueprint, namespace, flowId: flow, given }} />
}
