import type { Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { findBarriers } from '../harness/axe'
import { hasBrowser, signIn, startBrowser, type TestBrowser } from '../harness/browser'
import { type Internet, startInternet } from '../harness/internet'
import { startTestStack, type TestStack } from '../harness/stack'
import { serveProducts } from './products'

type Point = { x: number; y: number }

/** Of what stands still: the graph moves while it is drawn anew. */
async function middleOf(target: Locator): Promise<Point> {
  await target.hover({ trial: true })
  const box = await target.boundingBox()
  if (!box) throw new Error('it is in sight')
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}

const script = `import json
products = json.load(open("data.json"))["products"]
json.dump([{name: product.get(name, "N/A") for name in {{ inputs.columns_to_keep }}} for product in products], open("products.json", "w"))
`
const sql = `SELECT brand, ROUND(AVG(price), 2) AS avg_price
FROM read_json_auto('{{ workingDir }}/products.json')
GROUP BY brand
ORDER BY avg_price DESC`

describe.skipIf(!hasBrowser())('A newcomer draws the pipeline of the seed, and writes no YAML', () => {
  let internet: Internet
  let stack: TestStack
  let browser: TestBrowser
  let page: Page

  beforeAll(async () => {
    internet = await startInternet({ 'dummyjson.com': serveProducts })
    stack = await startTestStack({ web: true, env: { ...internet.env, DOCKER_HOST: 'unix:///nowhere/docker.sock' } })
    browser = await startBrowser({ width: 1720, height: 960 })
    page = browser.page
    await signIn(page, stack)
  })

  afterAll(async () => {
    await browser?.stop()
    await stack?.stop()
    await internet?.stop()
  })

  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await browser.picture(`graph-fail-${task.name.slice(0, 20)}`)
  })

  const form = () => page.getByRole('region', { name: 'Form', exact: true }).last()
  const field = (name: string) => form().getByRole('textbox', { name, exact: true })
  const node = (id: string) => page.locator(`[data-key="task:${id}"]`)
  const place = (label: string) => page.getByRole('button', { name: `Add a task ${label}`, exact: true })

  /** Takes a plugin of the palette by the mouse and lets it go over a place. */
  async function drag(type: string, target: Locator): Promise<void> {
    const palette = page.getByRole('complementary', { name: 'Plugins' })
    await palette.getByRole('combobox').fill(type.split('.').slice(-2).join(' '))
    const { x, y } = await middleOf(target)
    await palette.locator(`[data-type="${type}"]`).first().hover()
    await page.mouse.down()
    await page.mouse.move(x + 40, y, { steps: 6 })
    await page.mouse.move(x, y, { steps: 3 })
    // It is lit in the frame after.
    await page.evaluate(() => new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve))))
    await page.mouse.up()
  }

  async function rename(id: string): Promise<void> {
    await field('id').fill(id)
    await field('id').press('Enter')
    await choose(id)
  }

  /** By its head: below it a group holds others. */
  async function choose(id: string): Promise<void> {
    await node(id).click({ position: { x: 100, y: 12 } })
    await expect.poll(() => field('id').inputValue()).toBe(id)
  }

  async function giveFile(name: string, content: string): Promise<void> {
    const files = form().getByRole('group', { name: 'inputFiles', exact: true })
    await files.getByRole('button', { name: 'Add', exact: true }).click()
    await files.getByLabel('Name of the new entry').fill(name)
    await files.getByLabel('Name of the new entry').press('Enter')
    await files.getByRole('textbox', { name: 'inputFiles', exact: true }).fill(content)
  }

  test('drags the three tasks onto the lines, in whichever order, and takes the first away', async () => {
    await page.goto(`${stack.webUrl}/acme/flows/new?views=form,graph`)
    await node('hello').waitFor()
    await field('namespace').fill('tutorial')
    await drag('io.kestra.plugin.core.http.Download', place('before hello'))
    await node('download').waitFor()
    await drag('io.kestra.plugin.jdbc.duckdb.Query', place('after hello'))
    await node('duckdb_query').waitFor()
    await drag('io.kestra.plugin.scripts.python.Script', place('between hello and duckdb_query'))
    await node('python_script').waitFor()
    await choose('hello')
    await node('hello').focus()
    await page.keyboard.press('Delete')
    await node('hello').waitFor({ state: 'detached' })
    await place('between download and python_script').waitFor()
    await browser.picture('graph-drawn')
  })

  test('reaches all that is on a task by keyboard', async () => {
    await choose('download')
    await node('download').focus()
    await page.keyboard.press('Tab')
    const actions = page.getByRole('button', { name: 'Actions of download' })
    await expect.poll(() => actions.evaluate(button => button === document.activeElement)).toBe(true)
    await page.keyboard.press('Enter')
    await page.getByRole('menuitem', { name: 'Duplicate' }).waitFor()
    await page.keyboard.press('Escape')
    await expect.poll(() => actions.evaluate(button => button === document.activeElement)).toBe(true)
    expect(await findBarriers(page)).toEqual([])
    await node('download').press('Escape')
  })

  test('draws by finger: rests to take hold of a plugin or a task, and scrolls and moves the view as ever', async () => {
    const tablet = await startBrowser({ width: 1180, height: 900, hasTouch: true })
    try {
      await drawByFinger(tablet)
      expect(tablet.errors).toEqual([])
    } finally {
      await tablet.stop()
    }
  })

  async function drawByFinger({ page, context, picture }: TestBrowser): Promise<void> {
    const session = await context.newCDPSession(page)
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', at?: Point) =>
      session.send('Input.dispatchTouchEvent', { type, touchPoints: at ? [at] : [] })
    async function swipe(from: Point, to: Point, { isHeld }: { isHeld: boolean }) {
      const start = touch('touchStart', from)
      if (isHeld) await page.getByTestId('dragged').waitFor()
      const moves = [0.25, 0.5, 0.75, 1].map(part =>
        touch('touchMove', { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part }),
      )
      // All sent at once: a finger that rests between the first two takes hold.
      await Promise.all([start, ...moves])
      await page.evaluate(() => new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve))))
      if (isHeld) await picture('graph-touch')
      await touch('touchEnd')
    }
    const task = (id: string) => page.locator(`[data-key="task:${id}"]`)
    const plus = (label: string) => page.getByRole('button', { name: `Add a task ${label}`, exact: true })
    await signIn(page, stack)
    await page.goto(`${stack.webUrl}/acme/flows/new?views=graph`)
    await task('hello').waitFor()

    const plugins = page.getByRole('complementary', { name: 'Plugins' }).getByRole('listbox')
    const third = await middleOf(plugins.getByRole('option').nth(2))
    await swipe(third, { x: third.x, y: third.y - 60 }, { isHeld: false })
    await expect.poll(() => plugins.evaluate(list => list.scrollTop)).toBeGreaterThan(0)
    expect(await page.locator('[data-key^="task:"]').count()).toBe(1)

    await page.getByRole('combobox').fill('http download')
    const download = plugins.locator('[data-type="io.kestra.plugin.core.http.Download"]').first()
    await swipe(await middleOf(download), await middleOf(plus('before hello')), { isHeld: true })
    await task('download').waitFor()
    await plus('between download and hello').waitFor()

    const viewport = page.locator('.react-flow__viewport')
    const before = await viewport.getAttribute('style')
    const hello = await middleOf(task('hello'))
    await swipe(hello, { x: hello.x + 80, y: hello.y + 40 }, { isHeld: false })
    await expect.poll(() => viewport.getAttribute('style')).not.toBe(before)
    await swipe(await middleOf(task('hello')), await middleOf(plus('before download')), { isHeld: true })
    await plus('between hello and download').waitFor()
  }

  test('lets whoever runs it say which columns to keep', async () => {
    await form().getByRole('button', { name: 'Inputs and variables' }).click()
    const inputs = form().getByRole('group', { name: 'inputs', exact: true })
    await inputs.getByRole('button', { name: 'Add', exact: true }).click()
    await inputs.getByRole('combobox', { name: 'Kind of value' }).selectOption('ARRAY')
    // The kind has fields of its own, the id among them.
    await inputs.getByRole('combobox', { name: 'itemType' }).waitFor()
    await inputs.getByRole('textbox', { name: 'id', exact: true }).fill('columns_to_keep')
    await inputs.getByRole('textbox', { name: 'id', exact: true }).press('Enter')
    await inputs.getByRole('combobox', { name: 'itemType' }).selectOption('STRING')
    await inputs.getByRole('textbox', { name: 'defaults', exact: true }).fill('[brand, price]')
    await inputs.getByRole('textbox', { name: 'defaults', exact: true }).blur()
    await browser.picture('graph-input')
  })

  test('fills in what each is to do', async () => {
    await choose('download')
    await rename('extract')
    await field('uri').fill('https://dummyjson.com/products')

    await choose('python_script')
    await rename('transform')
    await field('script').fill(script)
    await form().getByRole('button', { name: 'More properties' }).click()
    await giveFile('data.json', '{{ outputs.extract.uri }}')
    const outputs = form().getByRole('group', { name: 'outputFiles', exact: true })
    await outputs.getByRole('button', { name: 'Add', exact: true }).click()
    await outputs.getByRole('textbox').fill('*.json')
    await form().getByRole('combobox', { name: 'taskRunner', exact: true }).selectOption('A Docker container')
    await field('containerImage').fill('python:3.11-slim')

    await choose('duckdb_query')
    await rename('query')
    await field('sql').fill(sql)
    await form().getByRole('button', { name: 'More properties' }).click()
    await form().getByRole('combobox', { name: 'fetchType' }).selectOption('STORE')
    await giveFile('products.json', "{{ outputs.transform.outputFiles['products.json'] }}")
    await page.getByText('No problems').waitFor()
    await browser.picture('graph-filled')
  })

  test('saves and runs it, and sees on its graph how each task ended', async () => {
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByText('Revision 1', { exact: true }).first().waitFor()
    await page.getByRole('button', { name: 'Execute' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Execute' }).click()
    await page.waitForURL('**/executions/*')
    await page.getByRole('button', { name: 'Replay' }).waitFor()
    await page.getByRole('tab', { name: 'Graph' }).click()
    for (const id of ['extract', 'transform', 'query']) await node(id).getByText('Success').waitFor()
    await node('query').click({ position: { x: 100, y: 12 } })
    await page.getByRole('complementary', { name: 'Task query' }).getByText('Success').waitFor()
    await browser.picture('graph-execution')
  })

  test('no page has thrown', () => expect(browser.errors).toEqual([]))
})
