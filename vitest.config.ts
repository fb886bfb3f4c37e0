import { defineConfig } from 'vitest/config'

const services = ['**/*.services.test.ts']
const e2e = ['test/e2e/**/*.e2e.test.ts']
const never = ['**/node_modules/**', '**/.next/**', '.millrace/**']
const globalSetup = ['test/harness/global-services.ts']

export default defineConfig({
  test: {
    // Two cores are what CI has; services take their share of them.
    maxWorkers: 2,
    // What is waited for may take its time on a busy machine; what never comes is still a failure.
    expect: { poll: { timeout: 20_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['**/*.test.{ts,tsx}'],
          exclude: [...never, ...services, ...e2e],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'services',
          include: services,
          exclude: never,
          globalSetup,
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: e2e,
          exclude: never,
          globalSetup,
          fileParallelism: false,
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
})
