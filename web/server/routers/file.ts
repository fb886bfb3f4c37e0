import { z } from 'zod'
import { deleteFile } from '../files/delete-file'
import { FilePath, FileRef, InNamespace, NamespaceFile } from '../files/file-place'
import { listFiles } from '../files/list-files'
import { moveFile } from '../files/move-file'
import { maxTextBytes, readFile } from '../files/read-file'
import { writeFile } from '../files/write-file'
import { router, tenantProcedure } from '../trpc'

const tags = ['Namespace files']
const filesPath = '/{tenant}/namespaces/{namespace}/files' as const

/** What is written can be read again: by its bytes, not its letters. */
const SmallText = z
  .string()
  .max(maxTextBytes)
  .refine(text => Buffer.byteLength(text) <= maxTextBytes, 'a text has 1 MiB at most; upload larger files')

/** Downloads and uploads are raw routes (rest/raw-routes.ts). */
export const fileRouter = router({
  list: tenantProcedure('FILE:READ')
    .meta({ openapi: { method: 'GET', path: `${filesPath}/directory`, tags, summary: 'All files of a namespace' } })
    .input(InNamespace)
    .output(z.object({ results: z.array(NamespaceFile), isCut: z.boolean() }))
    .query(({ ctx, input }) => listFiles(ctx.scope, input)),

  read: tenantProcedure('FILE:READ')
    .meta({ openapi: { method: 'GET', path: `${filesPath}/text`, tags, summary: 'The text of a small file' } })
    .input(FileRef)
    .output(z.object({ path: z.string(), content: z.string() }))
    .query(({ ctx, input }) => readFile(ctx.scope, input)),

  write: tenantProcedure('FILE:CREATE')
    .meta({ openapi: { method: 'PUT', path: `${filesPath}/text`, tags, summary: 'Write a text as a file' } })
    .input(FileRef.extend({ content: SmallText }))
    .output(NamespaceFile)
    .mutation(({ ctx, input: { content, ...place } }) => writeFile(ctx.scope, place, content)),

  move: tenantProcedure('FILE:UPDATE')
    .meta({ openapi: { method: 'PUT', path: filesPath, tags, summary: 'Rename or move a file or a folder' } })
    .input(InNamespace.extend({ from: FilePath, to: FilePath }))
    .output(z.object({ moved: z.number() }))
    .mutation(({ ctx, input }) => moveFile(ctx.scope, input)),

  delete: tenantProcedure('FILE:DELETE')
    .meta({ openapi: { method: 'DELETE', path: filesPath, tags, summary: 'Delete a file or a folder' } })
    .input(FileRef)
    .output(z.object({ deleted: z.number() }))
    .mutation(({ ctx, input }) => deleteFile(ctx.scope, input)),
})
