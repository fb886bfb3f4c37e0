import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Internet, startInternet } from '../harness/internet'
import { startTestStack, type TestStack } from '../harness/stack'
import { expectedAverages, serveProducts } from './products'
import { scriptPlaces } from './script-places'
import { seedPipeline } from './seed-pipeline'

describe.each(scriptPlaces)('The seed pipeline by API, $name', ({ start, notice }) => {
  let internet: Internet
  let place: Awaited<ReturnType<typeof start>>
  let stack: TestStack

  beforeAll(async () => {
    internet = await startInternet({ 'dummyjson.com': serveProducts })
    place = await start()
    stack = await startTestStack({ web: true, env: { ...internet.env, ...place.env } })
  })

  afterAll(async () => {
    await stack?.stop()
    await place?.stop()
    await internet?.stop()
  })

  async function call(path: string, init: RequestInit = {}) {
    const headers = { authorization: `Bearer ${stack.token}`, ...(init.headers as Record<string, string>) }
    return fetch(`${stack.webUrl}/api/v1/${stack.tenant.slug}${path}`, { ...init, headers })
  }

  test('is saved, runs to SUCCESS, and its stored rows are right', async () => {
    const saved = await call('/flows', {
      method: 'POST',
      body: await seedPipeline(),
      headers: { 'content-type': 'application/x-yaml' },
    })
    expect(await saved.json()).toMatchObject({ namespace: 'tutorial', id: 'data_pipeline', revision: 1 })

    const started = await call('/executions/tutorial/data_pipeline?wait=true', { method: 'POST' })
    const execution = await started.json()
    expect(execution.state.current, JSON.stringify(execution)).toBe('SUCCESS')
    expect(execution.inputs).toEqual({ columns_to_keep: ['brand', 'price'] })
    expect(execution.taskRunList.map((run: { taskId: string }) => run.taskId)).toEqual([
      'extract',
      'transform',
      'query',
    ])

    const { uri, size } = execution.taskRunList[2].outputs
    expect(size).toBe(expectedAverages().length)
    const preview = await call(`/executions/${execution.id}/file/preview?path=${encodeURIComponent(uri)}`)
    expect((await preview.json()).content).toEqual(expectedAverages())

    const logs = await (await call(`/logs/${execution.id}?taskId=transform`)).json()
    const told = logs.filter(({ message }: { message: string }) => /^Runs as/.test(message))
    expect(told).toEqual([
      expect.objectContaining({ level: notice.level, message: expect.stringMatching(notice.says) }),
    ])
    await expect.poll(() => place.left()).toEqual([])
  })

  test('takes a file as an input, reads it in a script and gives it back', async () => {
    const body = `id: with_file
namespace: tutorial
inputs:
  - id: data
    type: FILE
tasks:
  - id: count
    type: io.kestra.plugin.scripts.shell.Commands
    containerImage: python:3.11-slim
    inputFiles:
      in.txt: "{{ inputs.data }}"
    outputFiles: [out.txt]
    commands:
      - wc -l < in.txt > out.txt
`
    await call('/flows', { method: 'POST', body, headers: { 'content-type': 'application/x-yaml' } })
    const form = new FormData()
    form.set('data', new Blob(['one\ntwo\n']), 'some lines.txt')
    const started = await call('/executions/tutorial/with_file?wait=true', { method: 'POST', body: form })
    const execution = await started.json()
    expect(execution.state?.current, JSON.stringify(execution)).toBe('SUCCESS')
    const uri = execution.taskRunList[0].outputs.outputFiles['out.txt']
    const file = await call(`/executions/${execution.id}/file?path=${encodeURIComponent(uri)}`)
    expect((await file.text()).trim()).toBe('2')
  })
})
