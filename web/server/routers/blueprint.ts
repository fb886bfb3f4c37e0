import { z } from 'zod'
import {
  BlueprintCard,
  BlueprintKind,
  BlueprintRecord,
  BlueprintRef,
  BlueprintText,
  BlueprintVersion,
  OwnBlueprintRef,
} from '../blueprints/blueprint'
import { getBlueprint, listBlueprintVersions } from '../blueprints/get-blueprint'
import { listBlueprints } from '../blueprints/list-blueprints'
import { createBlueprint, deleteBlueprint, updateBlueprint } from '../blueprints/save-blueprint'
import { fillFlow } from '../blueprints/use-blueprint'
import { AnyJsonObject, FlowId, InTenant, integer, NamespaceId } from '../schemas'
import { router, tenantProcedure } from '../trpc'

const tags = ['Blueprints']
const path = '/{tenant}/blueprints/flow' as const
const one = `${path}/{id}` as const
const version = integer(1, 1_000_000_000)

export const blueprintRouter = router({
  list: tenantProcedure('BLUEPRINT:READ')
    .meta({ openapi: { method: 'GET', path, tags, summary: 'Search blueprints: ready flows, and the tenant’s own' } })
    .input(
      InTenant.extend({
        q: z.string().max(200).optional(),
        tag: z.string().max(40).optional(),
        kind: BlueprintKind.optional(),
      }),
    )
    .output(
      z.object({
        results: z.array(BlueprintCard),
        total: z.number(),
        tags: z.array(z.object({ name: z.string(), count: z.number() })),
      }),
    )
    .query(({ ctx, input }) => listBlueprints(ctx.scope, input)),

  get: tenantProcedure('BLUEPRINT:READ')
    .meta({
      openapi: { method: 'GET', path: one, tags, summary: 'Read a blueprint, or an older version of one’s own' },
    })
    .input(BlueprintRef.extend({ version: version.optional() }))
    .output(BlueprintRecord)
    .query(({ ctx, input }) => getBlueprint(ctx.scope, input)),

  versions: tenantProcedure('BLUEPRINT:READ')
    .meta({ openapi: { method: 'GET', path: `${one}/versions`, tags, summary: 'All versions, newest first' } })
    .input(OwnBlueprintRef)
    .output(z.array(BlueprintVersion))
    .query(({ ctx, input }) => listBlueprintVersions(ctx.scope, input.id)),

  use: tenantProcedure('BLUEPRINT:READ')
    .meta({
      openapi: {
        method: 'POST',
        path: `${one}/use-template`,
        tags,
        summary: 'The YAML of a flow, made with arguments; nothing is saved',
      },
    })
    .input(
      BlueprintRef.extend({
        arguments: AnyJsonObject.default({}),
        namespace: NamespaceId.optional(),
        flowId: FlowId.optional(),
      }),
    )
    .output(z.object({ source: z.string() }))
    .mutation(({ ctx, input }) => fillFlow(ctx.scope, input)),

  create: tenantProcedure('BLUEPRINT:CREATE')
    .meta({ openapi: { method: 'POST', path, tags, summary: 'Save a flow as a blueprint' } })
    .input(InTenant.extend(BlueprintText.shape))
    .output(BlueprintRecord)
    .mutation(({ ctx, input: { tenant: _tenant, ...text } }) => createBlueprint(ctx.scope, text)),

  update: tenantProcedure('BLUEPRINT:UPDATE')
    .meta({ openapi: { method: 'PUT', path: one, tags, summary: 'Save a new version of a blueprint' } })
    .input(OwnBlueprintRef.extend(BlueprintText.shape).extend({ expectedVersion: version.optional() }))
    .output(BlueprintRecord)
    .mutation(({ ctx, input: { tenant: _tenant, ...text } }) => updateBlueprint(ctx.scope, text)),

  delete: tenantProcedure('BLUEPRINT:DELETE')
    .meta({
      openapi: { method: 'DELETE', path: one, tags, summary: 'Delete a blueprint with its versions' },
      successStatus: 204,
    })
    .input(OwnBlueprintRef)
    .output(z.object({ id: z.string() }))
    .mutation(({ ctx, input }) => deleteBlueprint(ctx.scope, input.id)),
})
