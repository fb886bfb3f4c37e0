type Values = Record<string, unknown> | null
export type Change = { name: string; before?: string; after?: string }

/** What an entry says of each column: of an update only those that differ. */
export function changesOf({ before, after }: { before: Values; after: Values }): Change[] {
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])]
  return names.flatMap(name => {
    const [was, is] = [textOf(before?.[name]), textOf(after?.[name])]
    if (was === is) return []
    return [{ name, ...(was !== undefined && { before: was }), ...(is !== undefined && { after: is }) }]
  })
}

function textOf(value: unknown): string | undefined {
  if (value === null || value === undefined) return undefined
  return typeof value === 'string' ? value : JSON.stringify(value)
}
