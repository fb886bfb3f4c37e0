import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { Topology } from '#language/graph/topology'

/** The graph of a text: undefined until the catalog is there, null where nothing can be read. */
export function useTopology(source: string | undefined): Topology | null | undefined {
  const { data: read } = useQuery({
    queryKey: ['topology-reader'],
    queryFn: loadReader,
    staleTime: Infinity,
  })
  return useMemo(() => (read && source !== undefined ? read(source) : undefined), [read, source])
}

async function loadReader() {
  const [{ catalog }, { readTopology }] = await Promise.all([
    import('#catalog/manifests'),
    import('#language/graph/read-topology'),
  ])
  return (source: string) => readTopology(source, catalog)
}
