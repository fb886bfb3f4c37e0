/**
 * A flow's text with another namespace or id. Only the words themselves change: comments, order and quoting elsewhere stay
 * as they are. A text that has no such line at its top level gets one.
 * @example placeFlow('id: a\nnamespace: b\n', { namespace: 'c' }) // 'id: a\nnamespace: c\n'
 */
export function placeFlow(source: string, place: { namespace?: string | undefined; id?: string | undefined }): string {
  const named = place.namespace === undefined ? source : setLine(source, 'namespace', place.namespace)
  return place.id === undefined ? named : setLine(named, 'id', place.id)
}

function setLine(source: string, key: string, value: string): string {
  const line = new RegExp(`^(${key}:[ \\t]*)(?:"[^"\\n]*"|'[^'\\n]*'|[^\\s#]+)`, 'm')
  return line.test(source)
    ? source.replace(line, (_, start: string) => `${start}${value}`)
    : `${key}: ${value}\n${source}`
}
