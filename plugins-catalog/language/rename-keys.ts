/** Renames old property names to those in use, where the new one isn't written as well. */
export function renameKeys(names: Readonly<Record<string, string>>): (value: unknown) => unknown {
  return value => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
    return Object.fromEntries(Object.entries(value).map(([key, child]) => [nameInUse(names, value, key), child]))
  }
}

function nameInUse(names: Readonly<Record<string, string>>, holder: object, key: string): string {
  const renamed = Object.hasOwn(names, key) ? names[key] : undefined
  return renamed === undefined || Object.hasOwn(holder, renamed) ? key : renamed
}
