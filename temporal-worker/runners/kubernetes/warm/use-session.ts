/**
 * The two connections into a warm pod, opened before they are needed: one to `files`, which serves use after use, one to a
 * shell in `main`, which is new for each use, so that a command inherits nothing of the one before.
 */
import { randomUUID } from 'node:crypto'
import { PassThrough, type Readable } from 'node:stream'
import type { Cluster, Exec, PodRef } from '../cluster'
import type { Output } from '../follow-output'
import { clearScript, serveScript } from './scripts'

export class ConnectionLost extends Error {}

/**
 * How a use ended: an exit code, or `missing`, `gone`, `never` (it never began), `unfit` (its files found no room); the names of
 * files to choose from, each ended by NUL.
 */
export type UseEnd = { told: string; names: string }

type Section = { write(chunk: Buffer): void; resolve(): void; reject(error: Error): void }

export class FilesConnection {
  readonly #exec: Exec
  readonly #stdin: PassThrough
  readonly #mark: Buffer
  readonly #sections: Section[] = []
  #held: Buffer = Buffer.alloc(0)
  #stdout: ((chunk: Buffer) => void) | undefined
  #isOver = false
  readonly ended: Promise<void>

  private constructor(exec: Exec, stdin: PassThrough, mark: string) {
    this.#exec = exec
    this.#stdin = stdin
    this.#mark = Buffer.from(mark)
    exec.stdout.on('data', (chunk: Buffer) => this.#stdout?.(chunk))
    exec.stderr.on('data', (chunk: Buffer) => this.#read(chunk))
    // What came before it broke is told before anybody follows again from there.
    this.ended = Promise.all([exec.ended, closed(exec.stdout), closed(exec.stderr)]).then(() => {
      this.#isOver = true
      for (const section of this.#sections.splice(0)) section.reject(new ConnectionLost('The connection broke'))
    })
  }

  static async open(cluster: Cluster, ref: PodRef): Promise<FilesConnection> {
    const stdin = new PassThrough()
    const mark = `<${randomUUID()}>`
    return new FilesConnection(await cluster.exec(ref, ['sh', '-c', serveScript, 'serve', mark], stdin), stdin, mark)
  }

  /** Sends a line, and bytes that belong to it, and tells what a command says until its end. */
  async use(line: string, input: Buffer, [stdout, stderr]: readonly [Output, Output]): Promise<UseEnd> {
    let enough = { bytes: Number.POSITIVE_INFINITY, resolve: () => {} }
    this.#stdout = chunk => {
      stdout.write(chunk)
      if (stdout.told() >= enough.bytes) enough.resolve()
    }
    const said = this.#section(chunk => stderr.write(chunk))
    const end = this.#text()
    // Where the first section breaks off nobody waits for the second, whose own end would then end this process.
    end.catch(() => undefined)
    this.#send(line, input)
    await said
    const [bytes, told = '', ...listed] = (await end).split('\n')
    // The two streams come by ways of their own.
    await new Promise<void>((resolve, reject) => {
      enough = { bytes: Number(bytes), resolve }
      if (stdout.told() >= enough.bytes) resolve()
      else void this.ended.then(() => reject(new ConnectionLost('The connection broke')))
    })
    return { told, names: listed.join('\n') }
  }

  /** Whether all folders are as before the first use. */
  async wipe(): Promise<boolean> {
    const answer = this.#text()
    this.#send('wipe')
    return (await answer) === 'clean'
  }

  close(): void {
    this.#stdin.end()
    this.#exec.close()
  }

  #send(line: string, input?: Buffer): void {
    this.#stdin.write(`${line}\n`)
    if (input !== undefined && input.length > 0) this.#stdin.write(input)
  }

  #section(write: (chunk: Buffer) => void): Promise<void> {
    const ended = new Promise<void>((resolve, reject) => {
      if (this.#isOver) reject(new ConnectionLost('The connection broke'))
      else this.#sections.push({ write, resolve, reject })
    })
    // Whoever asked may have failed for another reason by then.
    ended.catch(() => undefined)
    return ended
  }

  async #text(): Promise<string> {
    const parts: Buffer[] = []
    await this.#section(chunk => parts.push(chunk))
    return Buffer.concat(parts).toString('utf8')
  }

  /** A mark may be cut in two: what could be its beginning is held. */
  #read(chunk: Buffer): void {
    let rest = Buffer.concat([this.#held, chunk])
    for (let at = rest.indexOf(this.#mark); at !== -1; at = rest.indexOf(this.#mark)) {
      const section = this.#sections.shift()
      section?.write(rest.subarray(0, at))
      section?.resolve()
      rest = rest.subarray(at + this.#mark.length)
    }
    const from = rest.lastIndexOf(this.#mark[0]!)
    const isBeginning = from !== -1 && rest.length - from < this.#mark.length
    const sure = isBeginning && this.#mark.indexOf(rest.subarray(from)) === 0 ? from : rest.length
    this.#sections[0]?.write(rest.subarray(0, sure))
    this.#held = Buffer.from(rest.subarray(sure))
  }
}

function closed(stream: Readable): Promise<void> {
  return new Promise(resolve => stream.once('close', resolve))
}

export class MainConnection {
  readonly #exec: Exec
  readonly #stdin: PassThrough
  readonly #lines: AsyncIterator<string>
  readonly ended: Promise<void>

  private constructor(exec: Exec, stdin: PassThrough) {
    this.#exec = exec
    this.#stdin = stdin
    exec.stderr.resume()
    this.#lines = linesOf(exec)
    this.ended = exec.ended.then(() => undefined)
  }

  static async open(cluster: Cluster, ref: PodRef): Promise<MainConnection> {
    const stdin = new PassThrough()
    return new MainConnection(await cluster.exec(ref, ['/bin/sh'], stdin), stdin)
  }

  /** Ends all else that runs in the container; answers `clean`, or why it is not as fresh. */
  clear(): Promise<string> {
    return this.#ask(clearScript)
  }

  /** Hands a script over; from its answer on it goes its own way. */
  async begin(script: string): Promise<void> {
    const answer = await this.#ask(script)
    if (answer !== 'begun') throw new ConnectionLost(`The shell in the pod answered "${answer}"`)
  }

  close(): void {
    this.#stdin.end()
    this.#exec.close()
  }

  async #ask(script: string): Promise<string> {
    this.#stdin.write(script)
    const { done, value } = await this.#lines.next()
    if (done) throw new ConnectionLost('The shell in the pod ended')
    return value
  }
}

async function* linesOf({ stdout }: Exec): AsyncGenerator<string, string> {
  let kept = ''
  for await (const chunk of stdout as AsyncIterable<Buffer>) {
    kept += chunk.toString('utf8')
    for (let at = kept.indexOf('\n'); at !== -1; at = kept.indexOf('\n')) {
      yield kept.slice(0, at)
      kept = kept.slice(at + 1)
    }
  }
  return ''
}
