import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hasBrowser, signIn, startBrowser, type TestBrowser } from '../harness/browser'
import { startTestStack, type TestStack } from '../harness/stack'

describe.skipIf(!hasBrowser())('The gallery in the browser', () => {
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

  test('leads to a green execution in three clicks', async () => {
    await page.goto(`${stack.webUrl}/acme/blueprints`)
    await page.getByRole('link', { name: 'From CSV to sums per region' }).click()
    await page.getByRole('button', { name: 'Use and run' }).click()
    await page.getByRole('button', { name: 'Save and run' }).click()
    await page.waitForURL('**/acme/executions/*')
    await page.getByText('Success', { exact: true }).first().waitFor()
  })

  test('is searched by words and tags, which stand in the address', async () => {
    await page.goto(`${stack.webUrl}/acme/blueprints?tag=Approval`)
    await page.getByRole('link', { name: 'Ask for approval in a chat' }).waitFor()
    const cards = page.getByRole('listitem').filter({ has: page.getByRole('heading') })
    await expect.poll(() => cards.count()).toBe(2)
    await page.getByRole('searchbox').fill('slack')
    await page.waitForURL('**?tag=Approval&q=slack')
    await page.getByRole('link', { name: 'Ask a person above a limit' }).waitFor({ state: 'detached' })
    await page.getByRole('link', { name: 'Ask for approval in a chat' }).click()
    await page.getByLabel('Missing').waitFor()
    await page.getByText('SLACK_WEBHOOK_URL').first().waitFor()
  })

  test('keeps a flow as a blueprint, whose arguments are asked for', async () => {
    await page.goto(`${stack.webUrl}/acme/flows/company.team/csv_to_report`)
    await page.getByRole('button', { name: 'More actions' }).click()
    await page.getByRole('menuitem', { name: 'Save as blueprint' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Title').fill('Report of a region')
    await dialog.getByLabel('Tags').fill('Reports')
    await dialog.getByRole('button', { name: 'Add an argument' }).click()
    await dialog.getByLabel('Name of the argument').fill('region')
    const text = dialog.getByLabel('Flow', { exact: true })
    const source = await text.inputValue()
    await text.fill(source.replace('id: csv_to_report', 'id: report_<< arg.region >>'))
    await dialog.getByRole('button', { name: 'Save blueprint' }).click()
    await page.waitForURL('**/acme/blueprints/*')
    await page.getByRole('heading', { name: 'Report of a region' }).waitFor()
    await page.getByRole('button', { name: 'Use', exact: true }).click()
    await dialog.getByLabel('region').fill('north')
    await dialog.getByRole('button', { name: 'Open in the editor' }).click()
    await page.waitForURL('**/acme/flows/new?**')
    await page.getByText('report_north').first().waitFor()
  })

  test('the tour leads from the sign-up to a green execution, once', async () => {
    await browser.context.clearCookies()
    await page.goto(`${stack.webUrl}/sign-up`)
    await page.getByLabel('E-mail').fill('new@example.com')
    await page.getByLabel('Password').fill('correct horse battery staple')
    await page.getByLabel('Tenant name').fill('Newcomers')
    await page.getByRole('button', { name: 'Sign up' }).click()
    await step('Welcome to Millrace').getByRole('button', { name: 'Show me' }).click()
    await step('Choose a blueprint')
      .getByRole('button', { name: /Hello world/ })
      .click()
    await step('This is a flow').getByRole('button', { name: 'Go on' }).click()
    await step('Now run it').waitFor()
    await page.getByRole('button', { name: 'Use and run' }).click()
    await page.getByRole('button', { name: 'Save and run' }).click()
    await step('Green! What next?').getByRole('link', { name: 'Invite members' }).waitFor()
    await page.getByText('Success', { exact: true }).first().waitFor()
    const isKept = page.waitForResponse(response => response.url().includes('account.setTour') && response.ok())
    await page.getByRole('button', { name: 'Finish the tour' }).click()
    await isKept
    await page.reload()
    await page.getByText('Success', { exact: true }).first().waitFor()
    await expect.poll(() => step('Green! What next?').count()).toBe(0)
  })

  test('is taken again from the menu, and skipped', async () => {
    await page.getByRole('button', { name: 'new@example.com' }).click()
    await page.getByRole('menuitem', { name: 'Take the tour' }).click()
    await step('Welcome to Millrace').getByRole('button', { name: 'Skip the tour' }).click()
    await step('Welcome to Millrace').waitFor({ state: 'detached' })
  })

  const step = (title: string) => page.getByRole('region', { name: title })

  test('no page has thrown', () => expect(browser.errors).toEqual([]))
})
