/**
 * Whether a file can be named by text. Linux takes any bytes for a name: of those that are no UTF-8 only U+FFFD is left
 * in the text, by which the file can't be opened.
 */
export function isText(name: string): boolean {
  return !name.includes('\uFFFD')
}

/** What is said of a file that is left behind for it. */
export function unreadableName(name: string): string {
  return `"${name}" is left behind: its name is no UTF-8.`
}
