/** More edits than this make another word, however long it is. */
const maxEdits = 4
/** Where there are more candidates, a text full of mistakes would cost too much. */
const maxCandidates = 500

/** The words most like a misspelt one, best first; none where nothing is near. @example nearest('foramt', ['format']) */
export function nearest(word: string, candidates: Iterable<string>, count = 3): string[] {
  const wanted = word.toLowerCase()
  const limit = Math.min(maxEdits, Math.max(1, Math.floor(wanted.length / 3)))
  const near: { candidate: string; distance: number }[] = []
  let looked = 0
  for (const candidate of candidates) {
    if (++looked > maxCandidates) break
    const distance = distanceWithin(wanted, candidate.toLowerCase(), limit)
    if (distance !== null) near.push({ candidate, distance })
  }
  near.sort((a, b) => a.distance - b.distance || (a.candidate < b.candidate ? -1 : 1))
  return near.slice(0, count).map(({ candidate }) => candidate)
}

/** `; did you mean "format"?` or nothing. */
export function suggestion(words: readonly string[]): string {
  if (words.length === 0) return ''
  return `; did you mean ${words.map(word => `"${word}"`).join(' or ')}?`
}

/** Edits (insert, delete, replace, swap of neighbours) between two words, or null where more than the limit. */
function distanceWithin(a: string, b: string, limit: number): number | null {
  if (Math.abs(a.length - b.length) > limit) return null
  let beforeLast: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const isSame = a[i - 1] === b[j - 1]
      let best = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + (isSame ? 0 : 1))
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        best = Math.min(best, beforeLast[j - 2]! + 1)
      row.push(best)
    }
    beforeLast = last
    last = row
  }
  const distance = last[b.length]!
  return distance <= limit ? distance : null
}
