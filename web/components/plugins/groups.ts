/** What a plugin belongs to, of its type: `io.kestra.plugin.core.http.Request` is of `core.http`. */
export function groupOf(type: string): string {
  const words = type.replace(/^io\.kestra\.plugin\./, '').split('.')
  return words.slice(0, Math.max(1, words.length - 1)).join('.')
}

/** The last word of a type. */
export function shortNameOf(type: string): string {
  return type.split('.').at(-1) ?? type
}
