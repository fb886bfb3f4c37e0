import { isAbsolute } from 'node:path'
import { z } from 'zod'
import { type PlanName, planNames } from '#db/plans'

const port = z.coerce.number().int().min(1).max(65_535)
const url = (...protocols: string[]) =>
  z.string().refine(value => URL.canParse(value) && protocols.includes(new URL(value).protocol), {
    error: `must be a URL that starts with ${protocols.map(protocol => `${protocol}//`).join(' or ')}`,
  })

const masterKey = () =>
  z.string().refine(value => /^awskms:./.test(value.trim()) || Buffer.from(value.trim(), 'base64').length === 32, {
    error: 'must be 32 bytes in Base64, or awskms: and a key of AWS KMS',
  })

const list = () =>
  z.string().transform(value => value.split(',').flatMap(part => (part.trim() === '' ? [] : [part.trim()])))

const ranges = () =>
  list().pipe(
    z.array(
      z.union([z.cidrv4(), z.cidrv6()], { error: 'must be ranges such as 10.20.0.0/16 with commas between them' }),
    ),
  )

const priceList = () =>
  list().refine(ids => ids.length > 0 && ids.every(id => /^price_\w+$/.test(id)), {
    error: 'must be ids of prices (price_...) with commas between them',
  })

const folderList = () =>
  list().refine(folders => folders.every(isAbsolute), { error: 'must be absolute paths with commas between them' })

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
  MILLRACE_MASTER_KEY: masterKey()
    .optional()
    .meta({
      description:
        'Wraps the key of each tenant, which seals its secrets: lost, they are lost. The same for the web app and each ' +
        'worker. The local stack makes one and keeps it in its data folder; with MILLRACE_POLICY=hosted it must be given. ' +
        'It may stay in AWS KMS: awskms:alias/millrace, with the credentials and region of AWS in the environment.',
      example: 'the output of: openssl rand -base64 32',
    }),
  MILLRACE_MASTER_KEY_PREVIOUS: masterKey().optional().meta({
    description: 'The master key before this one, until `npm run keys:rewrap` has run.',
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
  MILLRACE_EGRESS_ALLOW: z
    .string()
    .default('')
    .pipe(ranges())
    .meta({
      description:
        'Ranges of internal addresses that tasks may reach all the same with MILLRACE_POLICY=hosted, whoever their tenant ' +
        'is.',
      example: '10.20.0.0/16,fd00:1::/32',
    }),
  MILLRACE_RUNNER_POLICY: z
    .string()
    .optional()
    .meta({
      description:
        'A YAML file of the operator: which runners tasks get, their limits, and the share of the cluster, for all, by plan ' +
        'and by tenant. infra/runner-policy.example.yaml shows all that it may say. Read when a worker starts.',
      example: '/etc/millrace/runner-policy.yaml',
    }),
  MILLRACE_PLAN: z
    .enum(planNames)
    .optional()
    .meta({
      description:
        'The plan of new tenants: FREE, TEAM or SCALE, which has no limits but those of tasks. By default SCALE, with ' +
        'MILLRACE_POLICY=hosted FREE. ' +
        '`npm run tenant:plan -- <tenant> <plan>` changes that of one.',
      example: 'TEAM',
    }),
  STRIPE_SECRET_KEY: z
    .string()
    .regex(/^(sk|rk)_/, { error: 'must be a secret or restricted key of Stripe (sk_..., rk_...)' })
    .optional()
    .meta({
      description:
        'With the next three: tenants buy TEAM and SCALE themselves, by Stripe. Without it the operator sets plans. Stripe sends ' +
        'its events (customer.subscription.*) to <MILLRACE_URL>/api/stripe/webhook.',
      example: 'sk_live_...',
    }),
  STRIPE_WEBHOOK_SECRET: z.string().startsWith('whsec_').optional().meta({
    description: 'Signs what Stripe sends to the webhook.',
    example: 'whsec_...',
  }),
  STRIPE_PRICE_TEAM: priceList().optional().meta({
    description:
      'The price of TEAM; more with commas between them are metered ones, of a meter of the event millrace_executions.',
    example: 'price_1abc,price_1metered',
  }),
  STRIPE_PRICE_SCALE: priceList().optional().meta({ description: 'The same of SCALE.', example: 'price_2abc' }),
  STRIPE_API_BASE: url('http:', 'https:').optional().meta({
    description: "Another address than Stripe's own, for tests.",
    example: 'http://127.0.0.1:12111',
  }),
  MILLRACE_LOCAL_FOLDERS: z
    .string()
    .default('')
    .pipe(folderList())
    .meta({
      description:
        "Folders of the worker's machine, with commas between them, below which the tasks and triggers of " +
        'io.kestra.plugin.fs.local may read and write. With MILLRACE_POLICY=hosted none, whatever stands here.',
      example: '/data/in,/data/out',
    }),
  MILLRACE_KUBECONFIG: z
    .string()
    .optional()
    .meta({
      description:
        'A kubeconfig whose current context is where scripts run as Jobs, or in-cluster for the account of the pod that the ' +
        'worker is. It makes namespaces, and in them Jobs, Secrets, service accounts, quotas, limits and network policies; ' +
        'it watches pods and executes in them.',
      example: '/etc/millrace/kubeconfig',
    }),
  MILLRACE_KUBERNETES_PREFIX: z
    .string()
    .regex(/^[a-z0-9]([a-z0-9-]{0,24}[a-z0-9])?$/, {
      error: 'must be at most 26 lower-case letters, digits and dashes',
    })
    .default('millrace')
    .meta({ description: "A tenant's Jobs run in the namespace <prefix>-<tenant>." }),
  MILLRACE_KUBERNETES_FILES_IMAGE: z
    .string()
    .default('busybox:1.37')
    .meta({ description: 'An image with busybox, for the container of each pod that carries its files.' }),
  MILLRACE_CLOUD_FILES_IMAGE: z.string().default('alpine/curl:8.14.1').meta({
    description: 'An image with curl and busybox, run as root: the container that carries files of jobs in clouds.',
  }),
  MILLRACE_WORKER_GROUP: z
    .string()
    .regex(/^[a-zA-Z0-9][a-zA-Z0-9_-]*$/, { error: 'must start with a letter or digit; then letters, digits, _ -' })
    .optional()
    .meta({
      description:
        'Makes a worker one of a group, which runs the tasks sent to it (workerGroup) and nothing else. Who may send some is ' +
        'said in the file MILLRACE_RUNNER_POLICY. It needs the same Temporal, database, storage and master key as the others.',
      example: 'gpu',
    }),
  MILLRACE_TASK_SLOTS: z.coerce.number().int().min(1).default(40).meta({ description: 'Tasks a worker runs at once.' }),
  MILLRACE_OUTPUT_MAX_MIB: z.coerce
    .number()
    .positive()
    .max(256)
    .default(128)
    .meta({
      description:
        'The largest outputs of a task run as values, in MiB; more fails the task. A worker holds some four times as much ' +
        'while one is made or read. Files of the internal storage have no such limit.',
    }),
  MILLRACE_WORKFLOW_BUNDLE: z.string().optional().meta({
    description: 'Prebuilt workflow code of the worker. Without it the worker bundles its own when it starts.',
    example: '.millrace/cache/workflows.js',
  }),
  MILLRACE_LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error']).default('info').meta({
    description: "How much the web app and the worker say in their own logs (not a flow's).",
  }),
  MILLRACE_WEBHOOK_MAX_MIB: z.coerce.number().positive().max(64).default(10).meta({
    description: 'The largest body that a webhook takes, in MiB; a larger one is answered 413.',
  }),
  MILLRACE_WEBHOOK_RATE: z.coerce
    .number()
    .int()
    .min(1)
    .default(6000)
    .meta({
      description:
        'Calls of its webhooks that a tenant may make in a minute; more are answered 429 until there is room. Each process ' +
        'of the web app counts for itself.',
    }),
  SMTP_URL: url('smtp:', 'smtps:')
    .optional()
    .meta({
      description:
        'A mail server, for links that prove an address or set a new password; with it MAIL_FROM and MILLRACE_URL must be ' +
        "given. Without it such a link stands in the web app's log, and an owner can copy it for a member.",
      example: 'smtps://user:password@mail.example.com',
    }),
  MAIL_FROM: z.string().min(3).max(300).optional().meta({
    description: 'The sender of mails.',
    example: 'Millrace <millrace@example.com>',
  }),
  MILLRACE_REQUIRE_VERIFIED_EMAIL: z
    .stringbool()
    .optional()
    .meta({
      description:
        'Whether somebody must prove their e-mail address before they can open a tenant. By default yes where SMTP_URL is ' +
        'set, else no.',
      example: 'false',
    }),
  MILLRACE_OIDC_ISSUER: url('http:', 'https:').optional().meta({
    description: 'With the next two: people can sign in at this OIDC issuer. Its callback is /api/auth/callback/oidc.',
    example: 'https://accounts.example.com',
  }),
  MILLRACE_OIDC_CLIENT_ID: z.string().optional().meta({ description: 'The client that the issuer knows us as.' }),
  MILLRACE_OIDC_CLIENT_SECRET: z.string().optional().meta({ description: 'Its secret.' }),
  MILLRACE_OIDC_NAME: z
    .string()
    .max(40)
    .default('single sign-on')
    .meta({ description: 'What the button calls it: Sign in with ...' }),
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
  problems.push(...bootstrapProblems(given), ...mailProblems(given), ...oidcProblems(given), ...stripeProblems(given))
  // What a process made up for itself, another one could not read.
  const needsMasterKey = given.MILLRACE_POLICY === 'hosted' && given.MILLRACE_MASTER_KEY === undefined
  if (needsMasterKey) problems.push(missing('MILLRACE_MASTER_KEY'))
  if (!result.success || problems.length > 0) throw new EnvError(problems)
  return result.data as Env & { [K in Name]: NonNullable<Env[K]> }
}

/** The plan that a tenant has from its first day. */
export function planOfNewTenants(env: Pick<Env, 'MILLRACE_PLAN' | 'MILLRACE_POLICY'>): PlanName {
  return env.MILLRACE_PLAN ?? (env.MILLRACE_POLICY === 'hosted' ? 'FREE' : 'SCALE')
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

/** A link in a mail begins with our own setting, never with what a request says that our address is. */
function mailProblems(given: Record<string, unknown>): string[] {
  const needed = ['MAIL_FROM', 'MILLRACE_URL'] as const
  return given.SMTP_URL === undefined ? [] : needed.filter(name => given[name] === undefined).map(missing)
}

function oidcProblems(given: Record<string, unknown>): string[] {
  const needed = ['MILLRACE_OIDC_ISSUER', 'MILLRACE_OIDC_CLIENT_ID', 'MILLRACE_OIDC_CLIENT_SECRET'] as const
  const absent = needed.filter(name => given[name] === undefined)
  return absent.length === needed.length ? [] : absent.map(missing)
}

/** Whether somebody must prove their address before they can open a tenant. Without mail they could not. */
export function requiresVerifiedEmail(env: Pick<Env, 'MILLRACE_REQUIRE_VERIFIED_EMAIL' | 'SMTP_URL'>): boolean {
  return env.MILLRACE_REQUIRE_VERIFIED_EMAIL ?? env.SMTP_URL !== undefined
}

/** Half of it would sell what it then does not give. */
function stripeProblems(given: Record<string, unknown>): string[] {
  const needed = ['STRIPE_SECRET_KEY', 'STRIPE_WEBHOOK_SECRET', 'STRIPE_PRICE_TEAM', 'STRIPE_PRICE_SCALE'] as const
  const isWanted = needed.some(name => given[name] !== undefined)
  return isWanted ? needed.filter(name => given[name] === undefined).map(missing) : []
}

export function describe(name: EnvName): { description?: string; example?: string } {
  const { description, example } = Env.shape[name].meta() ?? {}
  return { description, example: typeof example === 'string' ? example : undefined }
}
