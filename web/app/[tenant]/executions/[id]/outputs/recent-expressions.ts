const key = 'millrace.expressions'
const most = 10

/** What was tried in this browser, the newest first; nothing where it keeps nothing. */
export function recentExpressions(): string[] {
  try {
    const kept: unknown = JSON.parse(window.localStorage.getItem(key) ?? '[]')
    return Array.isArray(kept) ? kept.filter(text => typeof text === 'string') : []
  } catch {
    return []
  }
}

export function rememberExpression(text: string): string[] {
  const recent = [text, ...recentExpressions().filter(one => one !== text)].slice(0, most)
  try {
    window.localStorage.setItem(key, JSON.stringify(recent))
  } catch {
    // A browser that keeps nothing: it is shown until the page is left.
  }
  return recent
}
