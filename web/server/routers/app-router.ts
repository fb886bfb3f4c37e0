import { router } from '../trpc'
import { accountRouter } from './account'
import { auditRouter } from './audit'
import { billingRouter } from './billing'
import { blueprintRouter } from './blueprint'
import { bulkRouter } from './bulk'
import { concurrencyRouter } from './concurrency'
import { dashboardRouter } from './dashboard'
import { executionRouter } from './execution'
import { fileRouter } from './file'
import { flowRouter } from './flow'
import { groupRouter } from './group'
import { invitationRouter } from './invitation'
import { kvRouter } from './kv'
import { logRouter } from './log'
import { memberRouter } from './member'
import { namespaceRouter } from './namespace'
import { pluginRouter } from './plugin'
import { roleRouter } from './role'
import { secondFactorRouter } from './second-factor'
import { secretRouter } from './secret'
import { serviceRouter } from './service'
import { sessionRouter } from './session'
import { tenantRouter } from './tenant'
import { tokenRouter } from './token'
import { triggerRouter } from './trigger'

export const appRouter = router({
  account: accountRouter,
  session: sessionRouter,
  secondFactor: secondFactorRouter,
  tenant: tenantRouter,
  member: memberRouter,
  group: groupRouter,
  role: roleRouter,
  invitation: invitationRouter,
  service: serviceRouter,
  token: tokenRouter,
  audit: auditRouter,
  billing: billingRouter,
  flow: flowRouter,
  execution: executionRouter,
  bulk: bulkRouter,
  concurrency: concurrencyRouter,
  dashboard: dashboardRouter,
  log: logRouter,
  plugin: pluginRouter,
  blueprint: blueprintRouter,
  namespace: namespaceRouter,
  secret: secretRouter,
  kv: kvRouter,
  file: fileRouter,
  trigger: triggerRouter,
})

/** What the pages' client is typed by. */
export type AppRouter = typeof appRouter
