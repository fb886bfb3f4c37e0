import { router } from '../trpc'
import { accountRouter } from './account'
import { executionRouter } from './execution'
import { flowRouter } from './flow'
import { pluginRouter } from './plugin'
import { tokenRouter } from './token'

export const appRouter = router({
  account: accountRouter,
  token: tokenRouter,
  flow: flowRouter,
  execution: executionRouter,
  plugin: pluginRouter,
})

/** What the pages' client is typed by. */
export type AppRouter = typeof appRouter
