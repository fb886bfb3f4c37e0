import { fileURLToPath } from 'node:url'
import type { NextConfig } from 'next'

const repository = fileURLToPath(new URL('..', import.meta.url))

export default {
  // The one package.json is above this folder.
  outputFileTracingRoot: repository,
  turbopack: { root: repository },
  // `npm run check` type-checks all rooms at once.
  typescript: { tsconfigPath: '../tsconfig.json', ignoreBuildErrors: true },
  serverExternalPackages: [
    '@node-rs/argon2',
    '@temporalio/client',
    '@temporalio/common',
    '@duckdb/node-api',
    '@prisma/client',
    '@prisma/adapter-pg',
    'pg',
    'pino',
    'dockerode',
    '@aws-sdk/client-s3',
    '@aws-sdk/lib-storage',
  ],
  // Next tells of each request while it develops; the address of a webhook is a secret.
  logging: { incomingRequests: { ignore: [/\/executions\/webhook\//] } },
  poweredByHeader: false,
  reactStrictMode: true,
  devIndicators: false,
} satisfies NextConfig
