import { labelsOf } from '../labels'
import type { RunnerRequest } from '../runner'

const longest = 63

/** The labels of a job as Google allows them: small letters, digits, `-` and `_`, names beginning with a letter. */
export function googleLabels(instance: string, request: RunnerRequest, keep: boolean): Record<string, string> {
  const labels = Object.entries(labelsOf(instance, request, keep))
  return Object.fromEntries(labels.map(([name, value]) => [normalize(name), normalize(value)]))
}

function normalize(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9_-]+/g, '-')
    .slice(0, longest)
}
