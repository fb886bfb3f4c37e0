import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { z } from 'zod'
import { type CommandRequest, type LogLevel, type RunContext, TaskError } from '#language/define-plugin'
import type { Json } from '#language/json'

export type ArtifactWishes = {
  /** Below the working directory. */
  projectDir?: string
  parseRunResults: boolean
  storeManifest?: { key: string; namespace: string }
}

export type Artifacts = {
  handOver: NonNullable<CommandRequest['handOver']>
  /** Name to URI, once handed over. */
  files: Record<string, string>
  /** What went wrong, a line for each node. */
  failures: string[]
}

type Context = Pick<RunContext, 'storage' | 'kv' | 'log' | 'metric'>

const RunResults = z.object({
  results: z.array(
    z.object({
      unique_id: z.string(),
      status: z.string(),
      execution_time: z.number().nullish(),
      message: z.string().nullish(),
      failures: z.number().nullish(),
      adapter_response: z.record(z.string(), z.unknown()).nullish(),
    }),
  ),
})

type NodeResult = z.output<typeof RunResults>['results'][number]

/** By dbt's status; any other is no reason to worry. */
const levels: Record<string, LogLevel> = {
  error: 'ERROR',
  fail: 'ERROR',
  runtime_error: 'ERROR',
  'runtime error': 'ERROR',
  warn: 'WARN',
  'partial success': 'WARN',
}

const counters = { rows_affected: 'rows.affected', bytes_processed: 'bytes.processed' }

/** Larger ones are kept as files only. */
const maxReadBytes = 64 * 1024 * 1024

/** The path of a file of the project, relative to the working directory. */
export function inProject(projectDir: string | undefined, name: string): string {
  const parts = (projectDir ?? '').split('/').filter(part => part !== '' && part !== '.')
  if (projectDir?.startsWith('/') || parts.includes('..')) {
    throw new TaskError(`projectDir: "${projectDir}" is not a folder below the working directory.`)
  }
  return [...parts, name].join('/')
}

/** Takes dbt's own account of a run: each node told in the log, the files kept as outputs. */
export function createArtifacts(wishes: ArtifactWishes, ctx: Context): Artifacts {
  const { projectDir, parseRunResults, storeManifest } = wishes
  const files: Artifacts['files'] = {}
  const failures: string[] = []

  async function read(name: string, content: Readable, wantsText: boolean): Promise<Json | undefined> {
    const uri = await ctx.storage.put(name, content)
    files[name] = uri
    if (!wantsText) return undefined
    if ((await ctx.storage.size(uri)) <= maxReadBytes) return parse(await text(await ctx.storage.open(uri)))
    ctx.log('WARN', `${name} is too large to be read; it is kept as an output file.`)
    return undefined
  }

  async function takeResults(content: Readable): Promise<void> {
    const results = RunResults.safeParse(await read('run_results.json', content, true))
    if (!results.success)
      return ctx.log('WARN', 'run_results.json is not as dbt writes it; it is kept as an output file.')
    for (const node of results.data.results) failures.push(...tell(node, ctx))
  }

  async function takeManifest(content: Readable): Promise<void> {
    const manifest = await read('manifest.json', content, storeManifest !== undefined)
    if (storeManifest === undefined || manifest === undefined) return
    await ctx.kv.set(storeManifest.key, manifest, { namespace: storeManifest.namespace })
  }

  return {
    files,
    failures,
    handOver: {
      ...(parseRunResults && { [inProject(projectDir, 'target/run_results.json')]: takeResults }),
      [inProject(projectDir, 'target/manifest.json')]: takeManifest,
    },
  }
}

/** Logs how a node ended; the line again if it failed. */
function tell(node: NodeResult, ctx: Context): string[] {
  const { unique_id: id, status, execution_time: seconds, failures, message, adapter_response: response } = node
  const level = levels[status] ?? 'INFO'
  const time = seconds == null ? '' : ` in ${seconds.toFixed(2)} s`
  const count = failures ? ` (${failures} ${failures === 1 ? 'failure' : 'failures'})` : ''
  const detail = level === 'INFO' || !message ? '' : `: ${message}`
  const line = `${id} => ${status}${time}${count}${detail}`
  ctx.log(level, line)
  for (const [field, name] of Object.entries(counters)) {
    const value = Number(response?.[field] ?? Number.NaN)
    if (Number.isFinite(value)) ctx.metric({ name, type: 'counter', value, tags: { node: id } })
  }
  return level === 'ERROR' ? [line] : []
}

function parse(content: string): Json | undefined {
  try {
    return JSON.parse(content)
  } catch {
    return undefined
  }
}
