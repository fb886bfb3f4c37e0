import { afterAll, expect, test } from 'vitest'
import type { JsonObject } from '#language/json'
import { createTestContext } from '../../test-context'
import type { FileSource } from './file-source'
import type { ListedFile } from './new-files'
import { pollFiles, settleFiles, type Watch } from './poll-files'

const ctx = await createTestContext()
afterAll(ctx.close)

const watch: Watch = { action: 'DELETE', on: 'CREATE_OR_UPDATE', maxFiles: 25 }
const options = { variables: (files: JsonObject[]) => ({ files }), isWrittenInPlace: false }

/** A place whose files can't be deleted, or vanish while they are fetched. */
function placeOf(files: string[], { vanishing = '' } = {}): FileSource<ListedFile> {
  return {
    async *list() {
      for (const id of files) yield { id, version: '1', modifiedMs: 0 }
    },
    fetch: async ({ id }, name) => (id === vanishing ? null : ctx.storage.put(name, id)),
    remove: async ({ id }) => Promise.reject(new Error(`${id} is read-only`)),
    describe: ({ id }, uri) => ({ id, uri }),
  }
}

test('files that can not be deleted are told of, start nothing again, and hold up no others', async () => {
  const first = await pollFiles({ ...ctx, memory: {} }, watch, placeOf(['a', 'b']), options)
  expect(first.variables).toMatchObject({ files: [{ id: 'a', changeType: 'CREATE' }, { id: 'b' }] })
  const memory = first.memory ?? {}
  await settleFiles({ ...ctx, memory }, watch, first.unsettled ?? {}, placeOf([]))
  expect(ctx.logs.at(-1)).toEqual({ level: 'WARN', message: 'b was fetched but is still there: b is read-only' })
  await expect(pollFiles({ ...ctx, memory }, watch, placeOf(['a', 'b']), options)).rejects.toThrow(
    '2 of the files that started executions are still there, and start none again. a is read-only',
  )
  const next = await pollFiles({ ...ctx, memory }, watch, placeOf(['a', 'b', 'c']), options)
  expect(next).toMatchObject({ variables: { files: [{ id: 'c' }] }, unsettled: { files: [{ id: 'c', version: '1' }] } })
})

test('one that vanishes while it is fetched is left out', async () => {
  const polled = await pollFiles({ ...ctx, memory: {} }, watch, placeOf(['a', 'b'], { vanishing: 'a' }), options)
  expect(polled.variables?.files).toMatchObject([{ id: 'b' }])
  expect(await pollFiles({ ...ctx, memory: {} }, watch, placeOf(['a'], { vanishing: 'a' }), options)).toEqual({})
})
