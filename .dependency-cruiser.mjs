/** Who may import whom: the table of architecture.md. Checked by `npm run check`. */

/** @param {string[]} folders */
const any = folders => folders.map(folder => `^${folder}`)

const rooms = any(['plugins-catalog/', 'temporal-worker/', 'web/', 'prisma/', 'infra/', 'test/'])
const tests = '\\.test\\.tsx?$|^(plugins-catalog|temporal-worker|web|prisma)/.*/testing/'
const language = '^plugins-catalog/language/'
const manifests = ['^plugins-catalog/manifests\\.ts$', '^plugins-catalog/plugins/.*/plugin\\.ts$']
const contract = '^temporal-worker/contract\\.ts$'
/** How an execution begins; one that needs no workflow is walked there. */
const starts = '^temporal-worker/starts\\.ts$'
const server = '^web/(server/|app/api/|app/.*/route\\.ts$|proxy\\.ts$|instrumentation\\.ts$)'

/** `from` may import nothing of our rooms but `allowed`; types alone also from `types`. */
function only(name, comment, from, allowed, types = []) {
  const fromRule = { path: from.path, pathNot: [tests, ...(from.pathNot ?? [])] }
  const rules = [
    {
      name,
      comment,
      severity: 'error',
      from: fromRule,
      to: { path: rooms, pathNot: [...allowed, ...types] },
    },
  ]
  if (types.length === 0) return rules
  return [
    ...rules,
    {
      name: `${name}-types`,
      comment: `${comment} These only as import type.`,
      severity: 'error',
      from: fromRule,
      to: { path: types, pathNot: allowed, dependencyTypesNot: ['type-only'] },
    },
  ]
}

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...only('language-is-a-leaf', 'The language imports no other room.', { path: language }, [language]),
    {
      name: 'language-is-pure',
      comment: 'No I/O in the language: it also runs in browsers and inside workflows.',
      severity: 'error',
      from: { path: [language, ...manifests], pathNot: tests },
      to: { dependencyTypes: ['core'], dependencyTypesNot: ['type-only'] },
    },
    ...only(
      'plugin-knows-language-and-itself',
      'A plugin imports the language, its own group, what groups share, and the formats of rows.',
      { path: '^plugins-catalog/plugins/([^/]+)/' },
      [language, '^plugins-catalog/plugins/$1/', '^plugins-catalog/plugins/[^/]+/shared/', '^plugins-catalog/rows/'],
    ),
    ...only('manifest-is-browser-safe', 'plugin.ts and what it imports never reaches run.ts.', { path: manifests }, [
      language,
      ...manifests,
      '^plugins-catalog/plugins/(?!.*run\\.ts$)',
    ]),
    ...only(
      'workflow-sees-plans',
      'Deterministic code: plans and evaluation; activities only as types.',
      { path: '^temporal-worker/(workflows|pure)/' },
      ['^temporal-worker/(workflows|pure)/', contract, language, '^prisma/workflow-lines\\.ts$'],
      ['^temporal-worker/activities/', ...manifests],
    ),
    {
      name: 'workflow-is-deterministic',
      comment: 'No I/O in workflows.',
      severity: 'error',
      from: { path: '^temporal-worker/(workflows|pure)/', pathNot: tests },
      to: { dependencyTypes: ['core'] },
    },
    ...only('runner-knows-itself', 'A runner gets a folder and a command.', { path: '^temporal-worker/runners/' }, [
      '^temporal-worker/runners/',
      '^plugins-catalog/language/durations\\.ts$',
    ]),
    ...only('worker-knows-no-web', 'The worker has no pages.', { path: '^temporal-worker/' }, [
      '^(plugins-catalog|temporal-worker|prisma)/',
      '^infra/env\\.ts$',
    ]),
    ...only(
      'server-sees-the-contract',
      'Of the worker, the server knows its contract and how an execution begins; of plugins, their manifests.',
      { path: server },
      [
        '^web/',
        '^prisma/',
        '^infra/env\\.ts$',
        contract,
        starts,
        language,
        ...manifests,
        '^plugins-catalog/(blueprints|rows)',
      ],
    ),
    ...only(
      'browser-sees-no-server',
      'Pages that render on the server ask web/server; components take only its types.',
      { path: '^web/components/' },
      ['^web/(components|text)/', language, ...manifests],
      ['^web/server/', contract],
    ),
    ...only('text-knows-itself', 'Texts take what they need as arguments.', { path: '^web/text/' }, ['^web/text/']),
    ...only(
      'pages-see-no-database',
      'Pages reach rows through web/server.',
      { path: '^web/app/', pathNot: [server] },
      ['^web/', language, ...manifests],
      [contract],
    ),
    ...only('prisma-knows-itself', 'Persisted state imports no other room.', { path: '^prisma/' }, ['^prisma/']),
    {
      name: 'raw-client-is-rare',
      comment: 'Tenant rows are reached through tenantDb.',
      severity: 'error',
      from: {
        path: '^(web|temporal-worker|plugins-catalog)/',
        pathNot: [
          tests,
          // Who is it, which tenant, how is the database.
          '^web/server/(auth|accounts|tokens|tenants)/|^web/server/(health|access/tenant-scope)\\.ts$',
          // Goes through all tenants, one after the other.
          '^web/server/executions/sweep-unstarted\\.ts$',
          '^web/server/billing/sweep-usage\\.ts$',
          // Makes the client that it hands to tenantDb.
          '^temporal-worker/start-worker\\.ts$',
        ],
      },
      to: { path: '^prisma/client\\.ts$', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'only-tests-import-tests',
      comment: 'Product code never depends on test code.',
      severity: 'error',
      from: { path: rooms, pathNot: [tests, '^test/'] },
      to: { path: ['^test/', tests] },
    },
    {
      name: 'no-circle',
      comment: 'Modules that import each other can be understood only together.',
      severity: 'error',
      from: { path: rooms, pathNot: '^prisma/generated/' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'resolvable',
      comment: 'An import that leads nowhere.',
      severity: 'error',
      from: { path: rooms },
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['^web/\\.next/', '^web/next-env\\.d\\.ts$', '\\.css$'] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
    },
  },
}
