import { z } from 'zod'
import { createNamespace } from '../namespaces/create-namespace'
import { deleteNamespace } from '../namespaces/delete-namespace'
import { Dependencies, listAllDependencies, listDependencies } from '../namespaces/dependencies'
import { getNamespace } from '../namespaces/get-namespace'
import { listNamespaces } from '../namespaces/list-namespaces'
import { NamespaceChange, NamespaceRecord, NamespaceSummary } from '../namespaces/namespace'
import { updateNamespace } from '../namespaces/update-namespace'
import { InTenant, NamespaceId } from '../schemas'
import { router, tenantProcedure } from '../trpc'

const tags = ['Namespaces']
const NamespaceRef = InTenant.extend({ id: NamespaceId })

export const namespaceRouter = router({
  list: tenantProcedure('NAMESPACE:READ')
    .meta({
      openapi: { method: 'GET', path: '/{tenant}/namespaces/search', tags, summary: 'All namespaces, as a tree' },
    })
    .input(InTenant.extend({ q: z.string().max(200).optional() }))
    .output(z.object({ results: z.array(NamespaceSummary), total: z.number() }))
    .query(({ ctx, input }) => listNamespaces(ctx.scope, input)),

  get: tenantProcedure('NAMESPACE:READ')
    .meta({ openapi: { method: 'GET', path: '/{tenant}/namespaces/{id}', tags, summary: 'Read a namespace' } })
    .input(NamespaceRef)
    .output(NamespaceRecord)
    .query(({ ctx, input }) => getNamespace(ctx.scope, input.id)),

  dependencies: tenantProcedure('FLOW:READ')
    .meta({
      openapi: {
        method: 'GET',
        path: '/{tenant}/namespaces/{id}/dependencies',
        tags,
        summary: 'Which flows call or start which, in a namespace and below it',
      },
    })
    .input(NamespaceRef)
    .output(Dependencies)
    .query(({ ctx, input }) => listDependencies(ctx.scope, input.id)),

  allDependencies: tenantProcedure('FLOW:READ')
    .meta({
      openapi: { method: 'GET', path: '/{tenant}/dependencies', tags, summary: 'Which flows call or start which' },
    })
    .input(InTenant)
    .output(Dependencies)
    .query(({ ctx }) => listAllDependencies(ctx.scope)),

  create: tenantProcedure('NAMESPACE:CREATE')
    .meta({ openapi: { method: 'POST', path: '/{tenant}/namespaces', tags, summary: 'Create a namespace' } })
    .input(NamespaceRef.extend(NamespaceChange.shape))
    .output(NamespaceRecord)
    .mutation(({ ctx, input }) => createNamespace(ctx.scope, input)),

  update: tenantProcedure('NAMESPACE:UPDATE')
    .meta({
      openapi: {
        method: 'PUT',
        path: '/{tenant}/namespaces/{id}',
        tags,
        summary: 'Change what a namespace says, and which others may use it',
      },
    })
    .input(NamespaceRef.extend(NamespaceChange.shape))
    .output(NamespaceRecord)
    .mutation(({ ctx, input }) => updateNamespace(ctx.scope, input)),

  delete: tenantProcedure('NAMESPACE:DELETE')
    .meta({
      openapi: { method: 'DELETE', path: '/{tenant}/namespaces/{id}', tags, summary: 'Delete an empty namespace' },
      successStatus: 204,
    })
    .input(NamespaceRef)
    .output(z.object({ id: z.string() }))
    .mutation(({ ctx, input }) => deleteNamespace(ctx.scope, input.id)),
})
