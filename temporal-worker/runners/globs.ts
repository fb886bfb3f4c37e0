import picomatch from 'picomatch'

/** A glob, or a plain name that happens to hold a glob's characters. Extended globs could be made to match for hours. */
export function globMatcher(glob: string): (name: string) => boolean {
  const isMatch = picomatch(glob, { dot: true, noextglob: true, nonegate: true })
  return name => name === glob || isMatch(name)
}
