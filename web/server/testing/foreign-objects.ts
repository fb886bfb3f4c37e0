import { tenantDb } from '#db/tenant-db'
import { createBlueprint } from '../blueprints/save-blueprint'
import { createFlow } from '../flows/create-flow'
import { putKv } from '../kv/put-kv'
import { createGroup } from '../members/groups'
import { createInvitation } from '../members/invitations'
import { createRole } from '../members/roles'
import { createService } from '../members/services'
import { createNamespace } from '../namespaces/create-namespace'
import { putSecret } from '../secrets/put-secret'
import { createToken } from '../tokens/create-token'
import type { Names } from './name-objects'
import { scopeOf } from './owner-scope'
import { ask, type WebKit } from './web-kit'

/** In every text of the other tenant that is no name: an answer to somebody else never holds it. */
export const mark = 'ONLY-THEIRS'
const namespace = 'theirs.hidden'
const flowId = 'theirs'

const flow = (text: string) => `id: ${flowId}
namespace: ${namespace}
description: ${text}
tasks:
  - {id: say, type: io.kestra.plugin.core.log.Log, message: ${text}}
triggers:
  - {id: clock, type: io.kestra.plugin.core.trigger.Schedule, cron: "0 0 1 1 *", disabled: true}
`

/** One object of each kind in the kit's other tenant; answers their names for `nameObjects`, asked for in the first. */
export async function createForeignObjects(kit: WebKit): Promise<Names> {
  const tenantId = kit.otherTenantId
  const { userId } = await tenantDb(tenantId).membership.findFirstOrThrow({ where: { tenantId } })
  const scope = scopeOf({ tenantId, tenant: 'other', userId })
  const service = await createService(scope, { name: mark, bindings: [] })
  await createNamespace(scope, { id: namespace, description: mark })
  await createFlow(scope, flow(mark))
  await putSecret(scope, { namespace, key: 'THEIRS', value: mark, description: mark })
  await putKv(scope, { namespace, key: 'theirs', value: mark })
  // The audit log asks who writes a file, which the scope of a test doesn't say.
  await ask(`/other/namespaces/${namespace}/files/text`, kit.strangerToken, {
    method: 'PUT',
    body: JSON.stringify({ path: 'theirs.txt', content: mark }),
    headers: { 'content-type': 'application/json' },
  })
  const started = await ask(`/other/executions/${namespace}/${flowId}?wait=true`, kit.strangerToken, { method: 'POST' })
  const execution = (await started.json()) as { id: string; taskRunList: { id: string }[] }
  const group = await createGroup(scope, { name: mark, description: mark })
  const role = await createRole(scope, { name: mark, description: mark, permissions: ['FLOW:READ'] })
  const blueprint = await createBlueprint(scope, {
    ...{ title: mark, description: mark, tags: [mark], templateArguments: [] },
    source: flow(mark),
  })
  const invitation = await createInvitation(scope, { bindings: [{ role: 'VIEWER', namespace }], expiresInDays: 1 })
  const token = await createToken(scope, { name: mark })
  const binding = await scope.db.roleBinding.findFirstOrThrow({ where: { tenantId } })
  return {
    tenant: 'acme',
    namespace,
    flowId,
    'flow.id': flowId,
    'execution.id': execution.id,
    'execution.start.id': flowId,
    'execution.previewInputs.id': flowId,
    'execution.play.id': flowId,
    'execution.queue.id': flowId,
    ids: execution.id,
    executionsId: execution.id,
    executionId: execution.id,
    'execution.filePreview.path': `kestra:///theirs/hidden/${flowId}/executions/${execution.id}/file.txt`,
    'flow.create.source': flow('one’s own'),
    'flow.update.source': flow('one’s own'),
    'blueprint.create.source': flow('one’s own'),
    'blueprint.update.source': flow('one’s own'),
    taskRunId: execution.taskRunList[0]!.id,
    triggerId: 'clock',
    'namespace.id': namespace,
    'secret.key': 'THEIRS',
    'kv.key': 'theirs',
    'file.path': 'theirs.txt',
    'file.from': 'theirs.txt',
    'group.id': group.id,
    'role.id': role.id,
    'invitation.id': invitation.id,
    'blueprint.id': blueprint.id,
    'token.id': token.id,
    'member.removeRole.id': binding.id,
    userId: service.userId,
  }
}
