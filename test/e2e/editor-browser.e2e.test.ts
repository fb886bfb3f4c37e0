import { setTimeout as delay } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { findBarriers } from '../harness/axe'
import { hasBrowser, holdScripts, signIn, startBrowser, type TestBrowser } from '../harness/browser'
import { startTestStack, type TestStack } from '../harness/stack'
import { paste } from './paste'

const flow = `id: report
namespace: company.team
# Kept where it is
tasks:
  - id: fetch
    type: io.kestra.plugin.core.http.Request
    uri: https://example.com/numbers # the source
  - id: tell
    type: io.kestra.plugin.core.log.Log
    message: "Got {{ outputs.fetch.code }}"
`

describe.skipIf(!hasBrowser())('An engineer writes a flow as code, in forms and in the graph', () => {
  let stack: TestStack
  let browser: TestBrowser
  let page: Page

  beforeAll(async () => {
    stack = await startTestStack({ web: true })
    browser = await startBrowser({ width: 1440, height: 900 })
    page = browser.page
    await signIn(page, stack)
  })

  afterAll(async () => {
    await browser?.stop()
    await stack?.stop()
  })

  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await browser.picture(`fail-${task.name.slice(0, 20)}`)
  })

  const view = (name: string) => page.getByRole('group', { name: 'Views' }).getByRole('button', { name })
  const form = () => page.getByRole('region', { name: 'Form', exact: true }).last()
  const node = (id: string) => page.locator('.react-flow__node').filter({ hasText: id })
  async function boxOf(name: string) {
    const box = await page.getByRole('region', { name, exact: true }).boundingBox()
    if (!box) throw new Error(`${name} is in sight`)
    return box
  }
  const isBelow = async (lower: string, upper: string) => (await boxOf(lower)).y > (await boxOf(upper)).y
  /** The text as the editor holds it: copied, as only the lines in sight are drawn. */
  async function text(): Promise<string> {
    await page.getByTestId('yaml-editor').click({ position: { x: 300, y: 20 } })
    await page.keyboard.press('ControlOrMeta+A')
    await page.keyboard.press('ControlOrMeta+C')
    return page.evaluate(() => navigator.clipboard.readText())
  }
  async function save(revision: number) {
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByText(`Revision ${revision}`, { exact: true }).first().waitFor()
    await page.getByText('Unsaved changes').waitFor({ state: 'detached' })
  }

  test('pastes it, sees its graph beside it, and saves', async () => {
    await page.goto(`${stack.webUrl}/acme/flows/new`)
    await paste(page, flow)
    await node('fetch').waitFor()
    await node('tell').waitFor()
    await page.getByText('No problems').waitFor()
    await save(1)
    await page.goto(`${stack.webUrl}/acme/flows/company.team/report?views=code,form,graph`)
  })

  test('a node of the graph opens its form; a field changes its own line and no other', async () => {
    await node('tell').click()
    await form().getByRole('textbox', { name: 'message' }).fill('Got it')
    await expect.poll(text).toBe(flow.replace('"Got {{ outputs.fetch.code }}"', '"Got it"'))
    await browser.picture('editor-views')
  })

  test('the cursor in the code opens the form of its task, and a line number leads back', async () => {
    await page.getByText('https://example.com/numbers').click()
    await form().getByRole('textbox', { name: 'uri' }).waitFor()
    await form().getByRole('textbox', { name: 'id' }).fill('load')
    await page.keyboard.press('Enter')
    await node('load').waitFor()
    expect(await text()).toContain('- id: load\n')
    await node('load').click()
    await form().getByRole('button', { name: 'line 7' }).click()
    await page.locator('.monaco-editor.focused').waitFor()
  })

  test('takes a task out in the form of the flow, and undoes all of it from whichever view', async () => {
    await form().getByRole('button', { name: 'report' }).click()
    await form().getByRole('button', { name: 'Tasks' }).waitFor()
    await form().getByRole('button', { name: 'Remove tell' }).click()
    await node('tell').waitFor({ state: 'detached' })
    await page.locator('.react-flow__pane').click()
    await page.keyboard.press('ControlOrMeta+Z')
    await node('tell').waitFor()
    await page.getByRole('button', { name: 'Undo' }).click()
    await node('fetch').waitFor()
    await page.getByTestId('yaml-editor').click({ position: { x: 300, y: 20 } })
    await page.keyboard.press('ControlOrMeta+Z')
    await expect.poll(text).toBe(flow)
    await page.keyboard.press('ControlOrMeta+Shift+Z')
    await expect.poll(text).toContain('"Got it"')
    await save(2)
  })

  test('broken text keeps graph and form, says since which line, and takes no edits there', async () => {
    await paste(page, `${flow}  nonsense: [\n`)
    await page
      .getByText(/The text has an error on line \d+/)
      .first()
      .waitFor()
    await node('fetch').waitFor()
    await browser.picture('editor-broken')
    await page.keyboard.press('ControlOrMeta+Z')
    await page
      .getByText(/The text has an error on line/)
      .first()
      .waitFor({ state: 'detached' })
  })

  test('sees what a revision changed, and goes back to the first', async () => {
    await page.getByRole('tab', { name: 'Revisions' }).click()
    await page.getByRole('button', { name: /Revision 1/ }).click()
    await page.getByRole('button', { name: 'Restore in the editor' }).click()
    await expect.poll(text).toBe(flow)
    await save(3)
  })

  test('a reload loses nothing that was typed', async () => {
    page.on('dialog', dialog => void dialog.accept())
    await paste(page, flow.replace('Kept', 'Still here'))
    await page.getByText('Unsaved changes').waitFor()
    await page.reload()
    await page.getByRole('button', { name: 'Restore' }).click()
    await expect.poll(text).toContain('# Still here')
  })

  test('is told of others at once: who is here, and that they have saved', async () => {
    const headers = { authorization: `Bearer ${stack.token}` }
    const address = `${stack.webUrl}/api/v1/acme/flows/company.team/report`
    const there = { page: '00000000-0000-4000-8000-000000000001', isEditing: true }
    await fetch(`${address}/presence`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify(there),
    })
    await page.getByText('You are editing this flow in another tab, too').waitFor()
    const body = flow.replace('/numbers', '/figures')
    await fetch(address, { method: 'PUT', headers: { ...headers, 'content-type': 'application/x-yaml' }, body })
    await page.getByText(/saved revision 4|Revision 4 was saved/).waitFor()
    await page.getByRole('button', { name: 'Compare' }).click()
    await page.getByRole('dialog').getByText('/figures').waitFor()
    await browser.picture('editor-conflict')
    await page.getByRole('dialog').getByRole('button', { name: 'Save mine on top' }).click()
    await page.getByText('Revision 5', { exact: true }).first().waitFor()
  })

  test('a session that ends takes no text with it', async () => {
    await paste(page, flow.replace('Kept', 'Not lost'))
    await page.getByText('Unsaved changes').waitFor()
    await browser.context.clearCookies()
    await page.getByText('Your text is kept in this browser').waitFor()
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByText('Not saved: you are signed out').first().waitFor()
    const other = await browser.context.newPage()
    await signIn(other, stack)
    await other.close()
    await page.getByText('Your text is kept in this browser').waitFor({ state: 'detached' })
    expect(await text()).toContain('# Not lost')
    await save(6)
  })

  test('reads the documentation, in the flow and as pages of their own', async () => {
    await page.goto(`${stack.webUrl}/acme/flows/company.team/report?views=graph,docs`)
    await node('fetch').click()
    await page.getByRole('heading', { name: 'Properties', exact: true }).waitFor()
    await browser.picture('editor-docs')
    // What is typed before the page is alive counts.
    const letGo = await holdScripts(page)
    await page.goto(`${stack.webUrl}/acme/plugins`, { waitUntil: 'commit' })
    await page.getByLabel('Search plugins').fill('duckdb')
    letGo()
    await page.waitForURL('**/acme/plugins?q=duckdb')
    // A slow answer, so that the pause of typing ends while the page is on its way.
    await page.route('**/plugins/io.kestra.plugin.jdbc.duckdb.Query*', async route => {
      await delay(500)
      await route.continue()
    })
    await page.getByLabel('Search plugins').fill('duckdb query')
    await page.locator('a[href$="jdbc.duckdb.Query"]').click()
    await page.getByRole('heading', { name: 'Properties', exact: true }).waitFor()
    await browser.picture('plugin')
    await page.getByRole('link', { name: 'Use in a new flow' }).first().click()
    await page.getByTestId('yaml-editor').getByText('duckdb').first().waitFor()
  })

  test('puts views below and beside each other, by keyboard and by mouse, and nothing in them is lost', async () => {
    await page.goto(`${stack.webUrl}/acme/flows/company.team/report?views=code,graph`)
    await node('fetch').waitFor()
    const editor = page.getByTestId('yaml-editor')
    await editor.getByText('# Not lost').click()
    await page.keyboard.press('End')
    await page.keyboard.type(' on the way')
    const drawn = await editor.elementHandle()

    const menu = page.getByRole('button', { name: 'Arrange Graph' })
    await menu.press('Enter')
    await page.getByRole('menuitem', { name: 'Move down' }).press('Enter')
    await page.waitForURL('**?views=code+graph')
    await expect.poll(() => isBelow('Graph', 'Code')).toBe(true)
    await expect.poll(() => menu.evaluate(button => button === document.activeElement)).toBe(true)

    const line = page.getByRole('separator', { name: 'Height of the views' })
    const height = (await boxOf('Code')).height
    await line.press('ArrowDown')
    await expect.poll(async () => (await boxOf('Code')).height).toBeGreaterThan(height)
    expect(await findBarriers(page)).toEqual([])

    await view('Docs').click()
    await page.waitForURL('**?views=code+graph,docs')
    const target = await boxOf('Docs')
    await page.getByRole('tab', { name: 'Code' }).hover()
    await page.mouse.down()
    await page.mouse.move(target.x + target.width / 2, target.y + target.height - 60, { steps: 6 })
    await browser.picture('editor-view-dragged')
    await page.mouse.move(target.x + target.width / 2, target.y + target.height - 20, { steps: 3 })
    await page.mouse.up()
    await page.waitForURL('**?views=graph,docs+code')
    await expect.poll(() => isBelow('Code', 'Docs')).toBe(true)
    await browser.picture('editor-views-free')

    // The same editor, its cursor where it was.
    expect(await drawn?.evaluate(element => element.isConnected)).toBe(true)
    await editor.getByRole('textbox').focus()
    await page.keyboard.type('!')
    await editor.getByText('on the way!').waitFor()
    await view('Code').click()
    await view('Code').click()
    await editor.getByRole('textbox').focus()
    await page.keyboard.type('!')
    await editor.getByText('on the way!!').waitFor()
    while (await page.getByRole('button', { name: 'Undo' }).isEnabled()) await page.keyboard.press('ControlOrMeta+Z')
    expect(await text()).not.toContain('on the way')

    await page.goto(`${stack.webUrl}/acme/flows/company.team/report`)
    await node('fetch').waitFor()
    await expect.poll(async () => (await boxOf('Docs')).x > (await boxOf('Graph')).x).toBe(true)
  })

  test('on a phone there is one view at a time', async () => {
    await page.setViewportSize({ width: 390, height: 844 })
    await page.goto(`${stack.webUrl}/acme/flows/company.team/report?views=form`)
    await form().getByRole('textbox', { name: 'namespace' }).waitFor()
    await view('Code').click()
    await page.getByTestId('yaml-editor').waitFor()
    await expect.poll(() => form().count()).toBe(0)
  })

  test('no page has thrown', () => expect(browser.errors).toEqual([]))
})
