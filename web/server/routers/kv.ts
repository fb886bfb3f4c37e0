import { z } from 'zod'
import { deleteKv } from '../kv/delete-kv'
import { getKv } from '../kv/get-kv'
import { InNamespace, KvEntry, KvRef, KvSummary, KvType } from '../kv/kv'
import { listKv } from '../kv/list-kv'
import { putKv } from '../kv/put-kv'
import { AnyJson, InTenant } from '../schemas'
import { router, tenantProcedure } from '../trpc'

const tags = ['KV store']
const Search = z.string().max(256).optional()
const KvList = z.object({ results: z.array(KvSummary), total: z.number() })

export const kvRouter = router({
  listAll: tenantProcedure('KV:READ')
    .meta({ openapi: { method: 'GET', path: '/{tenant}/kv', tags, summary: 'Keys of all namespaces' } })
    .input(InTenant.extend({ q: Search }))
    .output(KvList)
    .query(({ ctx, input }) => listKv(ctx.scope, { q: input.q })),

  list: tenantProcedure('KV:READ')
    .meta({
      openapi: { method: 'GET', path: '/{tenant}/namespaces/{namespace}/kv', tags, summary: 'Keys of a namespace' },
    })
    .input(InNamespace.extend({ q: Search }))
    .output(KvList)
    .query(({ ctx, input }) => listKv(ctx.scope, input)),

  get: tenantProcedure('KV:READ')
    .meta({
      openapi: {
        method: 'GET',
        path: '/{tenant}/namespaces/{namespace}/kv/{key}',
        tags,
        summary: 'Read an entry: its value and type',
      },
    })
    .input(KvRef)
    .output(KvEntry)
    .query(({ ctx, input }) => getKv(ctx.scope, input)),

  put: tenantProcedure('KV:CREATE')
    .meta({
      openapi: {
        method: 'PUT',
        path: '/{tenant}/namespaces/{namespace}/kv/{key}',
        tags,
        summary: 'Set an entry, for ever or for a time',
      },
    })
    .input(
      KvRef.extend({
        value: AnyJson.refine(value => value !== undefined, 'the value is missing'),
        type: KvType.optional(),
        ttl: z.string().max(50).optional().meta({ description: 'How long it stays: PT1H, P30D' }),
      }),
    )
    .output(KvEntry)
    .mutation(({ ctx, input }) => putKv(ctx.scope, input)),

  delete: tenantProcedure('KV:DELETE')
    .meta({
      openapi: {
        method: 'DELETE',
        path: '/{tenant}/namespaces/{namespace}/kv/{key}',
        tags,
        summary: 'Delete an entry',
      },
      successStatus: 204,
    })
    .input(KvRef)
    .output(z.object({ namespace: z.string(), key: z.string() }))
    .mutation(({ ctx, input }) => deleteKv(ctx.scope, input)),
})
