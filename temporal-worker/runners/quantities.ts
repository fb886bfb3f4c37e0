/** Amounts as Kubernetes and Docker write them. */
const cpuPattern = /^(\d+(?:\.\d+)?)(m?)$/
const memoryPattern = /^(\d+(?:\.\d+)?)([kKMGTPE]i?)?$/
const sizePattern = /^(\d+(?:\.\d+)?)\s*([kmgt]?)(?:i?b)?$/i

const powers: Record<string, number> = { '': 0, k: 1, m: 2, g: 3, t: 4, p: 5, e: 6 }

/** CPUs of `2`, `0.5` or `500m`. */
export function parseCpus(text: string): number | null {
  const match = cpuPattern.exec(text.trim())
  if (match === null) return null
  return Number(match[1]) / (match[2] === 'm' ? 1000 : 1)
}

/** Bytes of Kubernetes' `512Mi` or `1.5G`; powers of 1024 with an `i`, of 1000 without. */
export function parseMemory(text: string): number | null {
  const match = memoryPattern.exec(text.trim())
  if (match === null) return null
  const unit = match[2] ?? ''
  const base = unit.endsWith('i') ? 1024 : 1000
  return Math.floor(Number(match[1]) * base ** (powers[unit.charAt(0).toLowerCase()] ?? 0))
}

/** Bytes of Docker's `512MB`, `1.5g`, `64KiB` or a plain number; units are powers of 1024. */
export function parseSize(text: string): number | null {
  const match = sizePattern.exec(text.trim())
  if (match === null) return null
  return Math.floor(Number(match[1]) * 1024 ** (powers[(match[2] ?? '').toLowerCase()] ?? 0))
}
