import { noteAction } from '../../audit/note-action'
import { getExecution } from '../../executions/get-execution'
import { resumeExecution } from '../../executions/resume-execution'
import { storeInputFile } from '../../executions/store-input-file'
import type { ScopedCall } from '../raw-routes'
import { type FormFile, readForm } from '../read-form'

/** Resumes with a part per input of the Pause task. */
export async function resumeByForm({ scope, params, request }: ScopedCall): Promise<Response> {
  const id = params.id ?? ''
  const { namespace, flowId } = await getExecution(scope, id)
  const store = ({ name, fileName, content }: FormFile) =>
    storeInputFile(scope.tenantId, { namespace, flowId, executionId: id, inputId: name, fileName, content })
  const inputs = await readForm(request, store)
  const output = await resumeExecution(scope, { id, inputs })
  await noteAction(scope, { path: 'execution.resume', permission: 'EXECUTION:UPDATE', input: { id }, output })
  return Response.json(output, { headers: { 'cache-control': 'no-store' } })
}
