import { useQuery } from '@tanstack/react-query'
import type { PaletteItem } from './palette'

export type PluginPalette = {
  items: PaletteItem[]
  /** A new task or trigger of the type as YAML, its id none of `taken`. */
  template(type: string, taken: ReadonlySet<string>): string
}

/** What can be added to a flow; the catalog is loaded when it is first asked for. */
export function usePalette({ isWanted }: { isWanted: boolean }): PluginPalette | undefined {
  const { data } = useQuery({
    queryKey: ['plugin-palette'],
    queryFn: loadPalette,
    staleTime: Infinity,
    enabled: isWanted,
  })
  return data
}

async function loadPalette(): Promise<PluginPalette> {
  const [{ catalog }, { paletteItems }, { templateOf }] = await Promise.all([
    import('#catalog/manifests'),
    import('./palette'),
    import('./template'),
  ])
  return {
    items: paletteItems(catalog),
    template(type, taken) {
      const definition = catalog.find(type)
      if (!definition) throw new Error(`the palette offers ${type}, which the catalog does not have`)
      return templateOf(definition, taken)
    },
  }
}
