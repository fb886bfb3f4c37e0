import { executionText } from '#text/execution'
import type { Label } from '#web/server/schemas'

/** `team: data`, one a line. */
export function parseLabels(text: string): { labels: Label[] } | { problem: string } {
  const lines = text.split('\n').filter(line => line.trim() !== '')
  if (lines.length === 0) return { problem: executionText.writeALabel }
  const labels: Label[] = []
  for (const line of lines) {
    const at = line.indexOf(':')
    const [key, value] = [line.slice(0, Math.max(at, 0)).trim(), line.slice(at + 1).trim()]
    if (key === '' || value === '') return { problem: executionText.isNoLabel(line.trim()) }
    labels.push({ key, value })
  }
  return { labels }
}
