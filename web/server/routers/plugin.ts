import { z } from 'zod'
import { getFlowSchema } from '../plugins/get-flow-schema'
import { listPlugins, PluginDoc } from '../plugins/list-plugins'
import { AnyJsonObject, InTenant } from '../schemas'
import { router, tenantProcedure } from '../trpc'

const tags = ['Plugins']

export const pluginRouter = router({
  list: tenantProcedure('PLUGIN:READ')
    .meta({
      openapi: {
        method: 'GET',
        path: '/{tenant}/plugins',
        tags,
        summary: 'Task and trigger types with their documentation',
      },
    })
    .input(InTenant)
    .output(z.array(PluginDoc))
    .query(() => listPlugins()),

  flowSchema: tenantProcedure('PLUGIN:READ')
    .meta({
      openapi: {
        method: 'GET',
        path: '/{tenant}/schemas/flow.json',
        tags,
        summary: 'JSON Schema of a flow, for editors',
      },
    })
    .input(InTenant)
    .output(AnyJsonObject)
    .query(() => getFlowSchema()),
})
