/** Labels as typed: `team:data, why:audit`; undefined where they are no labels. */
export function parseLabels(text: string): { key: string; value: string }[] | undefined {
  const parts = text
    .split(',')
    .map(part => part.trim())
    .filter(part => part !== '')
  const labels = parts.flatMap(part => {
    const [, key, value] = /^([^:]+):(.+)$/s.exec(part) ?? []
    return key === undefined || value === undefined ? [] : [{ key: key.trim(), value: value.trim() }]
  })
  return labels.length === parts.length ? labels : undefined
}
