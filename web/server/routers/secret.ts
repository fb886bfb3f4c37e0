import { z } from 'zod'
import type { Scope } from '../access/tenant-scope'
import { InTenant } from '../schemas'
import { deleteSecret } from '../secrets/delete-secret'
import { listInheritedSecrets } from '../secrets/list-inherited-secrets'
import { listSecretVersions } from '../secrets/list-secret-versions'
import { listSecrets } from '../secrets/list-secrets'
import { putSecret } from '../secrets/put-secret'
import { InNamespace, Secret, SecretRef, SecretValue } from '../secrets/secret'
import { router, tenantProcedure } from '../trpc'

const tags = ['Secrets']
const SecretList = z.object({ results: z.array(Secret), total: z.number(), readOnly: z.boolean() })

export const secretRouter = router({
  listAll: tenantProcedure('SECRET:READ')
    .meta({ openapi: { method: 'GET', path: '/{tenant}/secrets', tags, summary: 'Names of all secrets' } })
    .input(InTenant)
    .output(SecretList)
    .query(({ ctx }) => secretList(ctx.scope)),

  list: tenantProcedure('SECRET:READ')
    .meta({
      openapi: {
        method: 'GET',
        path: '/{tenant}/namespaces/{namespace}/secrets',
        tags,
        summary: 'Names of the secrets of a namespace',
      },
    })
    .input(InNamespace)
    .output(SecretList)
    .query(({ ctx, input }) => secretList(ctx.scope, [input.namespace])),

  inherited: tenantProcedure('SECRET:READ')
    .meta({
      openapi: {
        method: 'GET',
        path: '/{tenant}/namespaces/{namespace}/inherited-secrets',
        tags,
        summary: 'Names of the secrets of the namespaces above',
      },
    })
    .input(InNamespace)
    .output(z.record(z.string(), z.array(z.string())))
    .query(({ ctx, input }) => listInheritedSecrets(ctx.scope, input.namespace)),

  versions: tenantProcedure('SECRET:READ')
    .meta({
      openapi: {
        method: 'GET',
        path: '/{tenant}/namespaces/{namespace}/secrets/{key}/versions',
        tags,
        summary: 'When a secret was set',
      },
    })
    .input(SecretRef)
    .output(z.array(Secret))
    .query(({ ctx, input }) => listSecretVersions(ctx.scope, input)),

  put: tenantProcedure('SECRET:CREATE')
    .meta({
      openapi: {
        method: 'PUT',
        path: '/{tenant}/namespaces/{namespace}/secrets',
        tags,
        summary: 'Set a secret; its value is never shown again',
      },
    })
    .input(SecretRef.extend({ value: SecretValue, description: z.string().max(1000).optional() }))
    .output(Secret)
    .mutation(({ ctx, input }) => putSecret(ctx.scope, input)),

  delete: tenantProcedure('SECRET:DELETE')
    .meta({
      openapi: {
        method: 'DELETE',
        path: '/{tenant}/namespaces/{namespace}/secrets/{key}',
        tags,
        summary: 'Delete a secret, all its versions',
      },
      successStatus: 204,
    })
    .input(SecretRef)
    .output(z.object({ namespace: z.string(), key: z.string() }))
    .mutation(({ ctx, input }) => deleteSecret(ctx.scope, input)),
})

async function secretList(scope: Scope, namespaces?: string[]) {
  const results = await listSecrets(scope, namespaces)
  return { results, total: results.length, readOnly: false }
}
