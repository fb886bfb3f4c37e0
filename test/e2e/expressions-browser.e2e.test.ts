import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hasBrowser, signIn, startBrowser, type TestBrowser } from '../harness/browser'
import { startTestStack, type TestStack } from '../harness/stack'
import { paste } from './paste'

const flow = `id: greets
namespace: company.team
inputs:
  - id: name
    type: STRING
    displayName: Who is greeted
tasks:
  - id: ask
    type: io.kestra.plugin.core.debug.Return
    format: anna
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: "Hello"
  - id: later
    type: io.kestra.plugin.core.debug.Return
    format: bye
`

describe.skipIf(!hasBrowser())('Expressions in the editor', () => {
  let stack: TestStack
  let browser: TestBrowser
  let page: Page

  beforeAll(async () => {
    stack = await startTestStack({ web: true })
    browser = await startBrowser()
    page = browser.page
    await signIn(page, stack)
    await page.goto(`${stack.webUrl}/acme/flows/new`)
    await page.getByRole('button', { name: 'Graph', exact: true }).click()
    await paste(page, flow)
  })

  afterAll(async () => {
    await browser?.stop()
    await stack?.stop()
  })

  const suggestions = () => page.locator('.suggest-widget.visible .monaco-list-row')
  const offered = async () => (await suggestions().allTextContents()).join('\n')

  /** Puts the cursor behind a text that stands once in the editor. */
  async function goBehind(text: string): Promise<void> {
    await page.getByTestId('yaml-editor').getByText(text, { exact: false }).first().click()
    await page.keyboard.press('End')
  }

  test('complete what ran before, with its outputs', async () => {
    await goBehind('message: "Hello"')
    await page.keyboard.press('ArrowLeft')
    await page.keyboard.type(' {{ outputs.')
    await suggestions().getByText('ask').waitFor()
    expect(await offered()).not.toContain('later')
    await browser.picture('expressions-completion')
    await page.keyboard.press('Enter')
    await page.keyboard.type('.')
    await suggestions().getByText('value').waitFor()
    await page.keyboard.press('Enter')
    await page.keyboard.type(' | up')
    await suggestions().getByText('upper').first().waitFor()
    await browser.picture('expressions-filter')
    await page.keyboard.press('Enter')
    await page.keyboard.type(' }}')
    await page.getByText('{{ outputs.ask.value | upper }}').first().waitFor()
  })

  test('are explained where the mouse rests', async () => {
    const expression = page.getByTestId('yaml-editor').locator('.editor-expression').first()
    const { width } = (await expression.boundingBox())!
    await expression.hover({ position: { x: width - 30, y: 8 } })
    await page
      .locator('.monaco-hover')
      .getByText(/upper case/i)
      .first()
      .waitFor()
    await browser.picture('expressions-hover')
  })

  test('show a mistake as it is typed', async () => {
    await goBehind('format: bye')
    await page.keyboard.type(' {{ outputs.asked.value }}')
    await page
      .getByText(/the flow has no task "asked"/)
      .first()
      .waitFor()
    await browser.picture('expressions-problem')
  })

  test('no page has thrown', () => expect(browser.errors).toEqual([]))
})
