import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Internet, startInternet } from './internet'

let internet: Internet
beforeAll(async () => {
  internet = await startInternet({ 'dummyjson.com': (_request, response) => response.end('{"ok":true}') })
})
afterAll(() => internet.stop())

async function fetchElsewhere(url: string): Promise<string> {
  const script = `const { EnvHttpProxyAgent, fetch } = require('undici')
    fetch(${JSON.stringify(url)}, { dispatcher: new EnvHttpProxyAgent() }).then(r => r.text()).then(
      text => console.log(text), error => console.log('refused:', error.cause?.message ?? error.message))`
  const { stdout } = await promisify(execFile)(process.execPath, ['-e', script], {
    env: { ...process.env, ...internet.env },
  })
  return stdout.trim()
}

test('a process with its environment reaches the sites it serves and nothing else', async () => {
  expect(await fetchElsewhere('https://dummyjson.com/products')).toBe('{"ok":true}')
  expect(await fetchElsewhere('https://example.com/')).toMatch(/^refused:/)
  expect(internet.connects).toEqual(['dummyjson.com:443', 'example.com:443'])
})
