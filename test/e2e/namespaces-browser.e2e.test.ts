/** A namespace with a secret, a KV entry and a file, made in the browser, and a flow that uses all three. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hasBrowser, signIn, startBrowser, type TestBrowser } from '../harness/browser'
import { startTestStack, type TestStack } from '../harness/stack'

const core = 'io.kestra.plugin.core'
const secret = 'one two three'
const flow = `id: greets
namespace: mill.team
tasks:
  - id: say
    type: ${core}.log.Log
    message: "{{ kv('city') }} {{ read('greetings/hello.txt') }} {{ (secret('PIN') | length) == 13 ? 'opened' : 'shut' }} {{ namespace.wind }} {{ secret('PIN') }}"
`

describe.skipIf(!hasBrowser())('Namespaces in the browser', () => {
  let stack: TestStack
  let browser: TestBrowser
  let page: Page
  /** All that the server has answered, to pages and programs. */
  const answers: Promise<string>[] = []

  beforeAll(async () => {
    stack = await startTestStack({ web: true })
    browser = await startBrowser()
    page = browser.page
    // A stream that goes on, and what was left before it came, have no text.
    page.on('response', response => void answers.push(response.text().catch(() => '')))
    await signIn(page, stack)
  })
  afterAll(async () => {
    await browser?.stop()
    await stack?.stop()
  })

  const button = (name: string) => page.getByRole('button', { name, exact: true })
  const tab = (name: string) => page.getByRole('tab', { name }).click()
  const fill = (label: string, text: string) => page.getByRole('textbox', { name: label }).fill(text)

  test('one is made, with variables, a secret, a KV entry and a file', async () => {
    await page.getByRole('link', { name: 'Namespaces' }).click()
    await button('New namespace').first().click()
    await fill('Name', 'mill.team')
    await button('Create').click()
    await page.waitForURL('**/namespaces/mill.team')
    await tab('Variables')
    await fill('Variables', 'wind: [')
    await page.getByText(/^Line 1/).waitFor()
    await fill('Variables', 'wind: strong')
    await button('Save').click()
    await page.getByText('Saved the variables').first().waitFor()
    await tab('Secrets')
    await button('New secret').click()
    await fill('Name', 'PIN')
    await fill('Value', secret)
    await button('Set').click()
    await page.getByRole('row', { name: /PIN/ }).waitFor()
    expect(await page.content()).not.toContain(secret)
    await browser.picture('namespace-secrets')
    await tab('KV store')
    await button('New entry').click()
    await fill('Key', 'city')
    await fill('Value', 'Ghent')
    await browser.picture('namespace-kv-entry')
    await button('Set').click()
    await page.getByRole('row', { name: /city/ }).waitFor()
    await tab('Files')
    await button('New file').click()
    await fill('Path', 'greetings/hello.txt')
    await button('Create').click()
    await page.getByTestId('text-editor').locator('.view-lines').click()
    await page.keyboard.type('says hello')
    await button('Save').click()
    await page.getByText('Saved the file').first().waitFor()
    await browser.picture('namespace-files')
  })

  test('a flow there uses all of it', async () => {
    const headers = { authorization: `Bearer ${stack.token}` }
    const api = `${stack.webUrl}/api/v1/acme`
    const yaml = { ...headers, 'content-type': 'application/x-yaml' }
    expect((await fetch(`${api}/flows`, { method: 'POST', headers: yaml, body: flow })).status).toBe(200)
    const started = await fetch(`${api}/executions/mill.team/greets?wait=true`, { method: 'POST', headers })
    const { id, state } = (await started.json()) as { id: string; state: { current: string } }
    expect(state.current).toBe('SUCCESS')
    await page.goto(`${stack.webUrl}/acme/executions/${id}?tab=logs`)
    await page.getByText('Ghent says hello opened strong ******').first().waitFor()
    for (const path of [
      `executions/${id}`,
      `logs/${id}`,
      'secrets',
      'auditlogs/export',
      'executions/search',
      'export',
    ]) {
      const answer = await fetch(`${api}/${path}`, { headers })
      expect(answer.status, path).toBe(200)
      answers.push(answer.text())
    }
  })

  test('the value of the secret was in no answer, however it is spelt', async () => {
    await page.goto('about:blank')
    const all = (await Promise.all(answers)).join('\n')
    expect(all).toContain('Ghent says hello')
    const spellings = [secret, encodeURIComponent(secret), [...secret].reverse().join('')]
    spellings.push(...(['base64', 'hex'] as const).map(encoding => Buffer.from(secret).toString(encoding)))
    for (const spelling of spellings) expect(all.includes(spelling), spelling).toBe(false)
    await page.goto(`${stack.webUrl}/acme/flows`)
  })

  test('the tree shows it below its parent, also on a phone', async () => {
    await page.setViewportSize({ width: 390, height: 800 })
    await page.goto(`${stack.webUrl}/acme/namespaces`)
    await page.getByRole('link', { name: 'mill', exact: true }).waitFor()
    await browser.picture('namespaces-phone')
    await page.getByRole('link', { name: 'mill.team', exact: true }).click()
    await page.getByRole('tab', { name: 'Files' }).click()
    await page.getByRole('button', { name: /hello.txt/ }).click()
    await page.getByTestId('text-editor').getByText('says hello').waitFor()
    await browser.picture('namespace-files-phone')
  })

  test('another tenant is made from the menu, and deleted once its address is typed', async () => {
    await page.setViewportSize({ width: 1280, height: 800 })
    await button('acme').click()
    await page.getByRole('menuitem', { name: 'New tenant' }).click()
    await fill('Tenant name', 'Second Mill')
    await button('Create').click()
    await page.waitForURL('**/second-mill/flows')
    await page.getByRole('link', { name: 'Settings' }).click()
    await button('Delete this tenant').click()
    await fill('Type the address second-mill to confirm', 'second')
    await button('Delete for ever').click()
    await page.getByText('Type the address second-mill to confirm', { exact: true }).nth(1).waitFor()
    await browser.picture('tenant-delete')
    await fill('Type the address second-mill to confirm', 'second-mill')
    await button('Delete for ever').click()
    await page.waitForURL(/\/acme\/\w+/)
    expect(browser.errors).toEqual([])
  })
})
