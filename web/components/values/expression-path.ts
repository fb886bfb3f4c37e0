const identifier = /^[A-Za-z_][A-Za-z0-9_]*$/

/** A step into a value, as expressions write it: `outputs.a` then `products.json` -> `outputs.a['products.json']` */
export function childPath(path: string, key: string | number): string {
  if (typeof key === 'number') return `${path}[${key}]`
  if (identifier.test(key)) return `${path}.${key}`
  return `${path}['${key.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}']`
}
