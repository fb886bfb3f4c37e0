/** The routes that are no JSON in, JSON out: event streams, files and forms. Each names the permission it needs. */
import type { Permission } from '../access/permissions'
import type { Scope } from '../access/tenant-scope'
import { downloadFile } from './raw/download-file'
import { downloadLogs } from './raw/download-logs'
import { exportAudit } from './raw/export-audit'
import { exportTenant } from './raw/export-tenant'
import { followExecution } from './raw/follow-execution'
import { followLogs } from './raw/follow-logs'
import { downloadNamespaceArchive, uploadNamespaceArchive } from './raw/namespace-archive'
import { downloadNamespaceFile, uploadNamespaceFile } from './raw/namespace-file'
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
    permission: 'EXECUTION:READ',
    summary: 'Follow an execution: events start, progress and end, each with the execution',
    replyType: 'text/event-stream',
    answer: followExecution,
  },
  {
    method: 'GET',
    path: '/{tenant}/logs/{id}/follow',
    permission: 'LOG:READ',
    summary: 'Follow the log of an execution: an event per line; Last-Event-ID resumes after a line',
    replyType: 'text/event-stream',
    answer: followLogs,
  },
  {
    method: 'GET',
    path: '/{tenant}/logs/{id}/download',
    permission: 'LOG:READ',
    summary: 'The log of an execution as a text file; minLevel, taskId, taskRunId, attempt and q narrow it',
    replyType: 'text/plain',
    answer: downloadLogs,
  },
  {
    method: 'GET',
    path: '/{tenant}/executions/{id}/file',
    permission: 'EXECUTION:READ',
    summary: 'Download a file of an execution by its kestra:/// address',
    replyType: 'application/octet-stream',
    answer: downloadFile,
  },
  {
    method: 'GET',
    path: '/{tenant}/namespaces/{namespace}/files',
    permission: 'FILE:READ',
    summary: 'Download a file of a namespace: ?path=dir/name',
    replyType: 'application/octet-stream',
    answer: downloadNamespaceFile,
  },
  {
    method: 'POST',
    path: '/{tenant}/namespaces/{namespace}/files',
    permission: 'FILE:CREATE',
    bodyType: 'multipart/form-data',
    summary: 'Upload a file of a namespace as the part fileContent: ?path=dir/name',
    replyType: 'application/json',
    answer: uploadNamespaceFile,
  },
  {
    method: 'GET',
    path: '/{tenant}/namespaces/{namespace}/files/export',
    permission: 'FILE:READ',
    summary: 'The files of a namespace as a zip; of one folder with ?path=dir',
    replyType: 'application/zip',
    answer: downloadNamespaceArchive,
  },
  {
    method: 'POST',
    path: '/{tenant}/namespaces/{namespace}/files/import',
    permission: 'FILE:CREATE',
    bodyType: 'multipart/form-data',
    summary: 'Unpack a zip, sent as the part fileContent, into a namespace; into a folder with ?path=dir',
    replyType: 'application/json',
    answer: uploadNamespaceArchive,
  },
  {
    method: 'GET',
    path: '/{tenant}/export',
    permission: 'TENANT:UPDATE',
    summary: 'All of a tenant as one archive: flows, files, KV, settings; no secret values',
    replyType: 'application/gzip',
    answer: exportTenant,
  },
  {
    method: 'GET',
    path: '/{tenant}/auditlogs/export',
    permission: 'AUDIT:READ',
    summary: 'The audit log as a file, a line of JSON per entry, by the filters of its search',
    replyType: 'application/jsonl',
    answer: exportAudit,
  },
  {
    method: 'POST',
    path: '/{tenant}/executions/{namespace}/{id}',
    permission: 'FLOW:EXECUTE',
    bodyType: 'multipart/form-data',
    summary: 'Start an execution with files among its inputs',
    replyType: 'application/json',
    answer: startByForm,
  },
  {
    method: 'POST',
    path: '/{tenant}/executions/{id}/resume',
    permission: 'EXECUTION:UPDATE',
    bodyType: 'multipart/form-data',
    summary: 'Resume a paused execution with inputs of a form',
    replyType: 'application/json',
    answer: resumeByForm,
  },
]
