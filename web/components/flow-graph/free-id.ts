/** Last parts of types that say little without what stands before them. */
const bareNames = new Set([
  ...['Script', 'Commands', 'Query', 'Queries', 'Trigger', 'RealtimeTrigger', 'Get', 'Set', 'Put', 'Delete', 'Fetch'],
  ...['List', 'Publish'],
])

/** An id for a new task or trigger of a type that no other has: `log`, `log_2`, `duckdb_query`. */
export function freeId(type: string, taken: ReadonlySet<string>): string {
  const [last = '', before = ''] = type.split('.').reverse()
  const name = toSnake(bareNames.has(last) ? `${before}_${last}` : last) || 'task'
  if (!taken.has(name)) return name
  for (let number = 2; ; number++) {
    if (!taken.has(`${name}_${number}`)) return `${name}_${number}`
  }
}

/** `CsvToIon` as `csv_to_ion`, `PurgeKV` as `purge_kv`. */
function toSnake(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1_$2')
    .replace(/[^A-Za-z0-9_]/g, '_')
    .toLowerCase()
}
