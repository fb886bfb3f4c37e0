/** Namespace and id that a flow's text has at its top level; an id that an argument makes is none yet. */
export function placeOf(source: string): { namespace: string | undefined; id: string | undefined } {
  const textAt = (key: string) => {
    const value = new RegExp(`^${key}:[ \\t]*["']?([^"'\\s#]+)`, 'm').exec(source)?.[1]
    return value === undefined || new RegExp(`^${key}:.*<<`, 'm').test(source) ? undefined : value
  }
  return { namespace: textAt('namespace'), id: textAt('id') }
}
