/** The routes that are no JSON in, JSON out: event streams, files and forms. Each names the permission it needs. */
import type { Permission } from '../permissions'
import type { Scope } from '../tenant-scope'
import { downloadFile } from './raw/download-file'
import { followExecution } from './raw/follow-execution'
import { followLogs } from './raw/follow-logs'
import { resumeByForm } from './raw/resume-by-form'
import { startByForm } from './raw/start-by-form'
import type { RestCall } from './rest-call'

export type ScopedCall = RestCall & { scope: Scope }

export type RawRoute = {
  method: 'GET' | 'POST'
  path: `/${string}`
  permission: Permission
  /** Only for bodies of this type; others go to the procedure of the same path. */
  bodyType?: 'multipart/form-data'
  summary: string
  /** Media type of the reply, for the API's description. */
  replyType: string
  answer(call: ScopedCall): Promise<Response>
}

export const rawRoutes: RawRoute[] = [
  {
    method: 'GET',
    path: '/{tenant}/executions/{id}/follow',
    permission: 'execution:read',
    summary: 'Follow an execution: events start, progress and end, each with the execution',
    replyType: 'text/event-stream',
    answer: followExecution,
  },
  {
    method: 'GET',
    path: '/{tenant}/logs/{id}/follow',
    permission: 'execution:read',
    summary: 'Follow the log of an execution: an event per line; Last-Event-ID resumes after a line',
    replyType: 'text/event-stream',
    answer: followLogs,
  },
  {
    method: 'GET',
    path: '/{tenant}/executions/{id}/file',
    permission: 'execution:read',
    summary: 'Download a file of an execution by its kestra:/// address',
    replyType: 'application/octet-stream',
    answer: downloadFile,
  },
  {
    method: 'POST',
    path: '/{tenant}/executions/{namespace}/{id}',
    permission: 'execution:create',
    bodyType: 'multipart/form-data',
    summary: 'Start an execution with files among its inputs',
    replyType: 'application/json',
    answer: startByForm,
  },
  {
    method: 'POST',
    path: '/{tenant}/executions/{id}/resume',
    permission: 'execution:update',
    bodyType: 'multipart/form-data',
    summary: 'Resume a paused execution with inputs of a form',
    replyType: 'application/json',
    answer: resumeByForm,
  },
]
