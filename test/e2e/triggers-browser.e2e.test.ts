import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hasBrowser, signIn, startBrowser, type TestBrowser } from '../harness/browser'
import { startTestStack, type TestStack } from '../harness/stack'
import { paste } from './paste'

const flow = `id: nightly
namespace: company.team
tasks:
  - id: hold
    type: io.kestra.plugin.core.flow.Pause
triggers:
  - id: each_night
    type: io.kestra.plugin.core.trigger.Schedule
    cron: "30 2 * * *"
    timezone: Europe/Berlin
`

describe.skipIf(!hasBrowser())('A schedule in the browser', () => {
  let stack: TestStack
  let browser: TestBrowser
  let page: Page

  beforeAll(async () => {
    stack = await startTestStack({ web: true })
    browser = await startBrowser()
    page = browser.page
    await signIn(page, stack)
  })

  afterAll(async () => {
    await browser?.stop()
    await stack?.stop()
  })

  /** Each of so many executions waits for it: what is shown while they go on does not hurry by. */
  async function letGo(count: number): Promise<void> {
    const headers = { authorization: `Bearer ${stack.token}` }
    const api = `${stack.webUrl}/api/v1/acme/executions`
    const gone = new Set<string>()
    async function nextPaused(): Promise<string | undefined> {
      const { results } = await (await fetch(`${api}/search?state=PAUSED`, { headers })).json()
      return results.find(({ id }: { id: string }) => !gone.has(id))?.id
    }
    while (gone.size < count) {
      await expect.poll(nextPaused).toBeDefined()
      const id = String(await nextPaused())
      expect((await fetch(`${api}/${id}/resume`, { method: 'POST', headers })).status).toBe(200)
      gone.add(id)
    }
  }

  test('shows its next dates before it is saved', async () => {
    await page.goto(`${stack.webUrl}/acme/triggers`)
    await page.getByText('No flow starts by itself yet').waitFor()
    await page.goto(`${stack.webUrl}/acme/flows/new`)
    await paste(page, flow)
    await page.getByRole('button', { name: /Next dates each_night: \d{4}-\d\d-\d\d 0[23]:/ }).click()
    await expect.poll(() => page.getByRole('region', { name: 'Next dates' }).getByRole('listitem').count()).toBe(10)
    await browser.picture('triggers-editor')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Revision 1', { exact: true }).waitFor()
  })

  test('is switched off and on', async () => {
    await page.goto(`${stack.webUrl}/acme/triggers`)
    const row = page.getByRole('row', { name: /each_night/ })
    await row.getByText('Enabled', { exact: true }).waitFor()
    await row.getByRole('switch').click()
    await row.getByText(`Disabled by ${stack.email}`).waitFor()
    await row.getByRole('switch').click()
    await row.getByText('Enabled', { exact: true }).waitFor()
  })

  test('replays three dates: estimated, shown while it goes on, and found by its label', async () => {
    await page.goto(`${stack.webUrl}/acme/flows/company.team/nightly?tab=triggers`)
    await page.getByRole('button', { name: 'Actions of each_night' }).click()
    await page.getByRole('menuitem', { name: /Backfill/ }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('From').fill('2026-01-01T00:00')
    await dialog.getByLabel('To').fill('2025-01-01T00:00')
    await dialog.getByText('The range is reversed').waitFor()
    await dialog.getByLabel('To').fill('2026-01-03T12:00')
    await dialog.getByText('3 executions').waitFor()
    await dialog.getByLabel('Labels').fill('why:audit')
    await browser.picture('triggers-backfill')
    await dialog.getByRole('button', { name: 'Start backfill' }).click()
    await page.getByRole('progressbar', { name: 'Dates replayed' }).waitFor()
    await browser.picture('triggers-progress')
    await letGo(3)
    await page.getByRole('progressbar').waitFor({ state: 'detached' })
    await page.getByRole('tab', { name: 'Executions' }).click()
    await expect.poll(() => page.getByText('why: audit').count()).toBe(3)
  })

  test('no page has thrown', () => expect(browser.errors).toEqual([]))
})
