/** What the person who typed `npm start` sees. */
export type Progress = {
  /** Runs a step and prints a line with its time; a slow one is announced. */
  step<T>(name: string, run: () => Promise<T>): Promise<T>
  say(line: string): void
}

const announceAfterMs = 1500

export function createProgress(print: (line: string) => void = console.log): Progress {
  async function step<T>(name: string, run: () => Promise<T>): Promise<T> {
    const start = Date.now()
    const timer = setTimeout(() => print(`… ${name}`), announceAfterMs)
    try {
      const result = await run()
      print(`✓ ${name.padEnd(16)} ${seconds(Date.now() - start)}`)
      return result
    } catch (error) {
      print(`✗ ${name.padEnd(16)} ${seconds(Date.now() - start)}`)
      throw error
    } finally {
      clearTimeout(timer)
    }
  }
  return { step, say: print }
}

export function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`
}
