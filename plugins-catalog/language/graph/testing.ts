/** Numbers from 0 up to 1, the same ones for the same seed. */
export function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

/** Some of a list, in its order. */
export function sample<T>(items: readonly T[], count: number, random: () => number): T[] {
  if (items.length <= count) return [...items]
  const chosen = new Set<number>()
  while (chosen.size < count) chosen.add(Math.floor(random() * items.length))
  return items.filter((_, index) => chosen.has(index))
}

/** The same flow in other handwriting: what a text may look like and still say the same. */
export const handwritings: { [name: string]: (text: string) => string } = {
  asWritten: text => text,
  windows: text => text.replaceAll('\n', '\r\n'),
  unfinished: text => text.trimEnd(),
  commented: text => text.replace(/^( *)- (?=\w)/gm, '\n$1# about this\n$1- '),
  trailing: text => `${text.replace(/^(id|tasks|triggers|inputs):(.*)$/gm, '$1:$2  # why')}\n\n# the end\n`,
}
