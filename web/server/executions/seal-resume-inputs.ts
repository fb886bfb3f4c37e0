import { z } from 'zod'
import { Input, sealGiven } from '#language/inputs'
import type { JsonObject } from '#language/json'
import type { Plan } from '#language/plan'
import { toSealed } from '#language/sealed'
import type { Scope } from '../access/tenant-scope'
import { planSteps } from '../flows/plan-task-ids'
import { secretServices } from '../secrets/secret-services'

/** What was given for SECRET inputs of an execution's Pause tasks goes to it sealed; the worker opens and checks it. */
export async function sealResumeInputs(scope: Scope, id: string, given: JsonObject): Promise<JsonObject> {
  if (Object.keys(given).length === 0) return given
  const { tenantId } = scope
  const row = await scope.db.execution.findUnique({
    where: { tenantId_id: { tenantId, id } },
    select: { namespace: true, flowId: true, plan: true },
  })
  if (row === null) return given
  const secrets = planSteps(row.plan as Plan).flatMap(step =>
    step.kind === 'pause' ? secretInputsOf(step.onResume) : [],
  )
  if (secrets.length === 0) return given
  const { sealedValues } = secretServices()
  const place = { tenantId, namespace: row.namespace, flowId: row.flowId }
  return sealGiven(secrets, given, async text => toSealed(await sealedValues.seal(place, text)))
}

function secretInputsOf(definitions: unknown): Input[] {
  const parsed = z.array(Input).safeParse(definitions)
  return parsed.success ? parsed.data.filter(({ type }) => type === 'SECRET') : []
}
