import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hasBrowser, startBrowser, type TestBrowser } from '../harness/browser'
import { type Internet, startInternet } from '../harness/internet'
import { startTestStack, type TestStack } from '../harness/stack'
import { paste } from './paste'
import { expectedAverages, serveProducts } from './products'
import { scriptPlaces } from './script-places'
import { seedPipeline } from './seed-pipeline'

/** The log's page shows INFO and above at first. */
const places = scriptPlaces.filter(({ notice }) => notice.level !== 'DEBUG')

describe.skipIf(!hasBrowser()).each(places)('A newcomer in the browser, $name', ({ start, notice }) => {
  let internet: Internet
  let place: Awaited<ReturnType<typeof start>>
  let stack: TestStack
  let browser: TestBrowser
  let page: Page

  beforeAll(async () => {
    internet = await startInternet({ 'dummyjson.com': serveProducts })
    place = await start()
    stack = await startTestStack({ web: true, env: { ...internet.env, ...place.env } })
    browser = await startBrowser()
    page = browser.page
  })

  afterAll(async () => {
    await browser?.stop()
    await stack?.stop()
    await place?.stop()
    await internet?.stop()
  })

  test('signs up and lands on an empty list that says what to do', async () => {
    await page.goto(`${stack.webUrl}/`)
    await page.getByLabel('E-mail').fill('ada@example.com')
    await page.getByLabel('Password').fill('correct horse battery staple')
    await page.getByLabel('Tenant name').fill('Ada & Sons')
    await browser.picture('sign-up')
    await page.getByRole('button', { name: 'Sign up' }).click()
    await page.waitForURL('**/ada-sons/flows')
    await page.getByText('Create your first flow').waitFor()
    await browser.picture('flows-empty')
  })

  test('sees each mistake at its line while typing, and nothing is saved', async () => {
    await page.goto(`${stack.webUrl}/ada-sons/flows/new`)
    await paste(page, 'id: broken\nnamespace: tutorial\ntasks:\n  - id: a\n    type: io.kestra.plugin.core.log.Lgo\n')
    const problem = page.getByRole('region', { name: 'Problems' }).getByText('io.kestra.plugin.core.log.Log')
    await problem.waitFor()
    await browser.picture('editor-problem')
    const answer = page.waitForResponse(response => response.url().includes('flow.create'))
    await page.getByRole('button', { name: 'Save' }).click()
    await answer
    await page.goto(`${stack.webUrl}/ada-sons/flows`)
    await page.getByText('Create your first flow').waitFor()
  })

  test('pastes the seed pipeline, saves it twice, runs it, and reads its rows', async () => {
    await page.goto(`${stack.webUrl}/ada-sons/flows/new`)
    await paste(page, await seedPipeline())
    await page.getByText('No problems').waitFor()
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Revision 1', { exact: true }).waitFor()
    await browser.picture('editor')
    await paste(page, (await seedPipeline()).replace('brand price averages', 'average prices by brand'))
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Revision 2', { exact: true }).waitFor()

    await page.getByRole('button', { name: 'Execute' }).click()
    const dialog = page.getByRole('dialog')
    await expect.poll(() => dialog.getByLabel('Item 1', { exact: true }).inputValue()).toBe('brand')
    await expect.poll(() => dialog.getByLabel('Item 2', { exact: true }).inputValue()).toBe('price')
    await browser.picture('execute')
    await dialog.getByRole('button', { name: 'Execute' }).click()

    await page.waitForURL('**/executions/*')
    await page.getByRole('button', { name: 'Replay' }).waitFor()
    await expect.poll(() => page.getByText('Success').count()).toBe(5)
    await browser.picture('execution-overview')
    await page.getByRole('tab', { name: 'Gantt' }).click()
    await page.getByText('transform').first().waitFor()
    await browser.picture('execution-gantt')
    await page.getByRole('tab', { name: 'Logs' }).click()
    await page.getByText(notice.says).first().waitFor()
    await browser.picture(`execution-logs-${notice.level.toLowerCase()}`)

    await page.getByRole('tab', { name: 'Outputs' }).click()
    await page.locator('button[title$=".ion"]').click()
    const averages = page.getByRole('dialog').getByRole('table').locator('tbody tr')
    await expect.poll(() => averages.count()).toBeGreaterThanOrEqual(expectedAverages().length)
    const rows = await averages.allInnerTexts()
    for (const [index, { brand, avg_price }] of expectedAverages().entries()) {
      expect(rows[index]).toContain(brand)
      expect(rows[index]).toContain(String(avg_price))
    }
    await browser.picture('execution-rows')
  })

  test('is told what Kestra 2 says otherwise, and rewrites it with one click', async () => {
    await page.goto(`${stack.webUrl}/ada-sons/flows/new`)
    const when =
      'tasks:\n  - id: a\n    type: io.kestra.plugin.core.log.Log\n    runIf: "true" # kept\n    message: hi\n'
    await paste(page, `id: older\nnamespace: tutorial\n${when}`)
    await page.getByRole('button', { name: 'Rewrite' }).click()
    await page.getByText('No problems').waitFor()
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Revision 1', { exact: true }).waitFor()
    const headers = { authorization: `Bearer ${stack.token}` }
    expect((await fetch(`${stack.webUrl}/api/v1/ada-sons/flows/tutorial/older`, { headers })).status).toBe(404)
    const saved = await page.request.get(`${stack.webUrl}/api/v1/ada-sons/flows/tutorial/older`)
    expect((await saved.json()).source).toContain('    when: "true" # kept\n')
  })

  test('no page has thrown', () => expect(browser.errors).toEqual([]))
})
