/** Whether a text has each word of another, in any order. */
export function matches(text: string, typed: string): boolean {
  const hay = text.toLowerCase()
  return typed
    .toLowerCase()
    .split(/\s+/)
    .every(word => hay.includes(word))
}

/** What is looked for: `execute load` is about the flow `load`, and wants it run. */
export function readTyped(typed: string): { wanted: string; isToRun: boolean } {
  const asked = /^\s*(?:execute|run)(?:\s+(.*))?$/i.exec(typed)
  return { wanted: (asked ? (asked[1] ?? '') : typed).trim(), isToRun: asked !== null }
}
