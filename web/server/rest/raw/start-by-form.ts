import { executionFolder } from '#db/storage/uri'
import { createExecutionId } from '../../executions/execution-id'
import { loadStartable, startExecution } from '../../executions/start-execution'
import { StartOptions } from '../../executions/start-options'
import { storeInputFile } from '../../executions/store-input-file'
import { storage } from '../../storage'
import type { ScopedCall } from '../raw-routes'
import { type FormFile, readForm } from '../read-form'
import { readQuery } from '../read-query'

/** Kestra's way to start: a part per input, files under their input's id. */
export async function startByForm({ scope, params, url, request }: ScopedCall): Promise<Response> {
  const { namespace = '', id = '' } = params
  const options = StartOptions.parse(readQuery(url.searchParams))
  const { flow } = await loadStartable(scope, { namespace, id, revision: options.revision })
  const fileInputs = new Set(flow.inputs.filter(input => input.type === 'FILE').map(input => input.id))
  const executionId = createExecutionId()
  const ref = { namespace, flowId: id, executionId }
  const store = async ({ name, fileName, content }: FormFile) =>
    fileInputs.has(name) ? storeInputFile(scope.tenantId, { ...ref, inputId: name, fileName, content }) : undefined
  try {
    const inputs = await readForm(request, store)
    const { signal } = request
    const execution = await startExecution(scope, { namespace, id, executionId, inputs, signal, ...options })
    return Response.json(execution, { headers: { 'cache-control': 'no-store' } })
  } catch (error) {
    const isOurs = (await scope.db.execution.count({ where: { tenantId: scope.tenantId, id: executionId } })) === 0
    // Refused, so nothing will ever read the files.
    if (isOurs) await storage().deletePrefix(scope.tenantId, executionFolder(ref))
    throw error
  }
}
