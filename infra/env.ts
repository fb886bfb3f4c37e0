import { z } from 'zod'

const port = z.coerce.number().int().min(1).max(65_535)
const url = (...protocols: string[]) =>
  z.string().refine(value => URL.canParse(value) && protocols.includes(new URL(value).protocol), {
    error: `must be a URL that starts with ${protocols.map(protocol => `${protocol}//`).join(' or ')}`,
  })

/** Every variable that Millrace reads. `.env.example` says the same, and a test compares the two. */
export const Env = z.object({
  MILLRACE_PORT: port
    .default(8080)
    .meta({ description: 'Port of the web app; PORT means the same. `npm start -- --port N` wins over both.' }),
  MILLRACE_HOST: z.string().default('127.0.0.1').meta({
    description: 'Address the web app listens on. Flows run code: open it to others only behind your own protection.',
    example: '0.0.0.0',
  }),
  MILLRACE_URL: url('http:', 'https:').optional().meta({
    description: 'Address that browsers use, when a proxy stands before it.',
    example: 'https://flows.example.com',
  }),
  MILLRACE_DATA: z.string().default('.millrace/data').meta({
    description: "Folder of the local stack's data. `npm start -- --data DIR` wins over it.",
  }),
  MILLRACE_SECRET: z.string().min(32, { error: 'must have at least 32 characters' }).optional().meta({
    description: 'Signs sessions. The local stack makes one and keeps it in its data folder.',
    example: 'the output of: openssl rand -base64 48',
  }),
  MILLRACE_SESSION_DAYS: z.coerce
    .number()
    .positive()
    .default(30)
    .meta({ description: 'Days after which a signed-in browser must sign in again, used or not.' }),
  MILLRACE_SESSION_IDLE_DAYS: z.coerce
    .number()
    .positive()
    .default(7)
    .meta({ description: 'Days without use after which a signed-in browser must sign in again.' }),
  DATABASE_URL: url('postgres:', 'postgresql:').optional().meta({
    description: 'Postgres 15 or newer, as the owner of its tables. Without it the local stack starts its own.',
    example: 'postgresql://millrace:password@localhost:5432/millrace',
  }),
  TEMPORAL_ADDRESS: z
    .string()
    .regex(/^[^\s/:]+:\d+$/, { error: 'must be host:port' })
    .optional()
    .meta({ description: 'A Temporal server. Without it the local stack starts its own.', example: 'localhost:7233' }),
  TEMPORAL_NAMESPACE: z.string().default('default').meta({ description: "Temporal's namespace." }),
  STORAGE_URL: url('file:', 's3:').optional().meta({
    description: 'Internal storage: a folder, or a bucket of any S3. Without it the local stack uses its data folder.',
    example: 's3://bucket/prefix?endpoint=http://localhost:9000&region=us-east-1&forcePathStyle=true',
  }),
  MILLRACE_POLICY: z
    .enum(['local', 'hosted'])
    .default('local')
    .meta({
      description:
        'local: scripts run in Docker where it answers, else as processes; tasks may reach any address. ' +
        'hosted: scripts run as Kubernetes Jobs only; tasks reach public addresses only.',
    }),
  MILLRACE_TASK_SLOTS: z.coerce.number().int().min(1).default(40).meta({ description: 'Tasks a worker runs at once.' }),
  MILLRACE_WORKFLOW_BUNDLE: z.string().optional().meta({
    description: 'Prebuilt workflow code of the worker. Without it the worker bundles its own when it starts.',
    example: '.millrace/cache/workflows.js',
  }),
  MILLRACE_LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error']).default('info').meta({
    description: "How much the web app and the worker say in their own logs (not a flow's).",
  }),
  MILLRACE_BOOTSTRAP_EMAIL: z.email().optional().meta({
    description: 'With the next two: the first user and tenant, made when the database has no user yet.',
    example: 'admin@example.com',
  }),
  MILLRACE_BOOTSTRAP_PASSWORD: z
    .string()
    .min(8, { error: 'must have at least 8 characters' })
    .optional()
    .meta({ description: 'Password of the first user.' }),
  MILLRACE_BOOTSTRAP_TENANT: z
    .string()
    .regex(/^[a-z][a-z0-9-]{1,62}$/, { error: 'must be 2 to 63 of a-z, 0-9 and -, a letter first' })
    .optional()
    .meta({ description: 'Short name of the first tenant, part of its addresses.', example: 'main' }),
  MILLRACE_BOOTSTRAP_TOKEN: z
    .string()
    .min(16, { error: 'must have at least 16 characters' })
    .optional()
    .meta({ description: 'An API token with this value for the first user.' }),
})
export type Env = z.infer<typeof Env>
export type EnvName = keyof Env

/** All that is wrong with the environment, a line each. */
export class EnvError extends Error {
  constructor(readonly problems: string[]) {
    super(
      `The environment needs a change (.env.example describes each variable):\n${problems.map(line => `  ${line}`).join('\n')}`,
    )
    this.name = 'EnvError'
  }
}

/**
 * Reads and checks the variables; an empty one counts as absent.
 * @example const { DATABASE_URL } = readEnv({ required: ['DATABASE_URL'] })
 */
export function readEnv<Name extends EnvName = never>(
  options: { source?: NodeJS.ProcessEnv; required?: readonly Name[] } = {},
): Env & { [K in Name]: NonNullable<Env[K]> } {
  const { source = process.env, required = [] } = options
  const given = Object.fromEntries(
    Object.entries(source).filter(([, value]) => value !== undefined && value.trim() !== ''),
  )
  // What hosting services set.
  given.MILLRACE_PORT ??= given.PORT
  const result = Env.safeParse(given)
  const problems = result.success ? [] : result.error.issues.map(issue => `${issue.path.join('.')} ${issue.message}`)
  problems.push(...required.filter(name => given[name] === undefined && isOptional(name)).map(missing))
  problems.push(...bootstrapProblems(given))
  if (!result.success || problems.length > 0) throw new EnvError(problems)
  return result.data as Env & { [K in Name]: NonNullable<Env[K]> }
}

function isOptional(name: EnvName): boolean {
  return Env.shape[name] instanceof z.ZodOptional
}

function missing(name: EnvName): string {
  const { description = '', example } = describe(name)
  return `${name} is missing${example ? `, e.g. ${example}` : ''}. ${description}`
}

/** One of them alone would be ignored without a word. */
function bootstrapProblems(given: Record<string, unknown>): string[] {
  const needed = ['MILLRACE_BOOTSTRAP_EMAIL', 'MILLRACE_BOOTSTRAP_PASSWORD', 'MILLRACE_BOOTSTRAP_TENANT'] as const
  const isWanted = [...needed, 'MILLRACE_BOOTSTRAP_TOKEN'].some(name => given[name] !== undefined)
  return isWanted ? needed.filter(name => given[name] === undefined).map(missing) : []
}

export function describe(name: EnvName): { description?: string; example?: string } {
  const { description, example } = Env.shape[name].meta() ?? {}
  return { description, example: typeof example === 'string' ? example : undefined }
}
