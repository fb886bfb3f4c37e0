const maxKept = 100

/**
 * What the editor reported comes back to it as its value, sometimes after more was typed. Such an echo must not be
 * taken for a text set from outside: it would undo the newest letters.
 */
export function createEchoes() {
  let expected: string[] = []
  return {
    expect(text: string) {
      expected = [...expected.slice(-maxKept), text]
    },
    /** Whether the text is an echo; those before it are no longer awaited, for renders skip some. */
    take(text: string): boolean {
      const index = expected.indexOf(text)
      if (index === -1) return false
      expected = expected.slice(index + 1)
      return true
    },
  }
}
