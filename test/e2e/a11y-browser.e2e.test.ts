/** Every page, light and dark, wide and narrow: axe finds nothing serious, and nothing lies beyond the right edge. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { navigation } from '#web/components/shell/navigation'
import { findBarriers, overflowOf } from '../harness/axe'
import { startBrowser, type TestBrowser } from '../harness/browser'
import { startTestStack, type TestStack } from '../harness/stack'

const core = 'io.kestra.plugin.core'
const child = `id: child\nnamespace: mill.team\ntasks: [{id: say, type: ${core}.log.Log, message: hi}]\n`
const flow = `id: parent
namespace: mill.team
description: Says hello
inputs: [{id: name, type: STRING, defaults: world}]
tasks:
  - {id: say, type: ${core}.log.Log, message: "Hello {{ inputs.name }}"}
  - {id: call, type: ${core}.flow.Subflow, namespace: mill.team, flowId: child, wait: true}
  - {id: out, type: ${core}.debug.Return, format: done}
triggers:
  - {id: often, type: ${core}.trigger.Schedule, cron: "0 5 * * *"}
`

/** Those of the side bar come from its own list. */
const details = (executionId: string): Record<string, string> => ({
  ...Object.fromEntries(
    ['edit', 'overview', 'executions', 'triggers', 'revisions'].map(tab => [
      `flow ${tab}`,
      `flows/mill.team/parent?tab=${tab}`,
    ]),
  ),
  'flow compared': 'flows/mill.team/parent?tab=revisions&view=graph',
  'new flow': 'flows/new',
  ...Object.fromEntries(
    ['overview', 'gantt', 'graph', 'logs', 'outputs', 'metrics'].map(tab => [
      `execution ${tab}`,
      `executions/${executionId}?tab=${tab}`,
    ]),
  ),
  ...Object.fromEntries(
    ['overview', 'variables', 'defaults', 'secrets', 'kv', 'files', 'dependencies', 'access'].map(tab => [
      `namespace ${tab}`,
      `namespaces/mill.team?tab=${tab}`,
    ]),
  ),
  'all dependencies': 'namespaces?tab=dependencies',
  account: 'settings/account',
  blueprint: 'blueprints/api-paging',
  plugin: `plugins/${core}.log.Log`,
  expressions: 'plugins/expressions',
})

const shown = (label: string) => label.trim()
const names = [...navigation.map(({ label }) => label), ...Object.keys(details('x')).map(shown)]

describe('Each page', () => {
  let stack: TestStack
  const browsers: { name: string; browser: TestBrowser }[] = []
  let paths: Map<string, string>

  beforeAll(async () => {
    stack = await startTestStack({ web: true })
    for (const [name, size] of Object.entries({
      wide: { width: 1280, height: 900 },
      narrow: { width: 390, height: 844 },
    })) {
      browsers.push({ name, browser: await startBrowser(size) })
    }
    const executionId = await seed()
    paths = new Map([
      ...navigation.map(({ label, path }) => [label, path] as const),
      ...Object.entries(details(executionId)).map(([name, path]) => [shown(name), path] as const),
    ])
    for (const { browser } of browsers) await signIn(browser.page)
  })
  afterAll(async () => {
    for (const { browser } of browsers) await browser.stop()
    await stack?.stop()
  })

  async function seed(): Promise<string> {
    const headers = { authorization: `Bearer ${stack.token}`, 'content-type': 'application/x-yaml' }
    const api = `${stack.webUrl}/api/v1/acme`
    for (const body of [child, flow]) await fetch(`${api}/flows`, { method: 'POST', headers, body })
    const body = JSON.stringify({ inputs: {} })
    const json = { ...headers, 'content-type': 'application/json' }
    const put = (path: string, value: object) =>
      fetch(`${api}/namespaces/mill.team/${path}`, { method: 'PUT', headers: json, body: JSON.stringify(value) })
    await put('kv/city', { value: 'Ulm' })
    await put('secrets', { key: 'PIN', value: 'one two three' })
    await put('files/text', { path: 'sql/day.sql', content: 'select 1' })
    const reply = await fetch(`${api}/executions/mill.team/parent?wait=true`, { method: 'POST', headers: json, body })
    const { id } = (await reply.json()) as { id: string }
    return id
  }

  async function signIn(page: Page): Promise<void> {
    await page.goto(`${stack.webUrl}/sign-in`)
    await settled(page)
    await page.getByLabel('E-mail').fill(stack.email)
    await page.getByLabel('Password').fill(stack.password)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.waitForURL('**/acme/**')
  }

  /** Nothing is loading any more. */
  async function settled(page: Page): Promise<void> {
    await page.locator('h1, [role=tablist]').first().waitFor()
    await page.waitForFunction(
      () => !document.querySelector('[aria-busy=true], [role=status][aria-label^=Loading], [data-skeleton]'),
    )
  }

  /** All has its colours. */
  async function drawn(page: Page): Promise<void> {
    await page.evaluate(() => new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve))))
  }

  /** What is wrong with a page. Dark differs from light in its colours alone, which are the same at every width. */
  async function problemsOf(page: Page, size: string, shot: string): Promise<string[]> {
    const found: string[] = []
    for (const theme of ['dark', 'light'] as const) {
      // Without motion, so that no colour is looked at on its way.
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
      await drawn(page)
      const isLooked = theme === 'light' || size === 'wide'
      const barriers = isLooked ? await findBarriers(page, theme === 'light' ? undefined : ['color-contrast']) : []
      found.push(...barriers.map(barrier => `${size}, ${theme}: ${barrier}`))
      if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/${shot}-${size}-${theme}.png` })
    }
    const overflow = await overflowOf(page)
    return overflow > 0 ? [...found, `${size}: ${overflow} px lie beyond the right edge`] : found
  }

  test.each(names)('%s', async name => {
    const found = await Promise.all(
      browsers.map(async ({ name: size, browser: { page } }) => {
        // As a page comes to those who have it dark; it is turned to light, then.
        await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' })
        await page.goto(`${stack.webUrl}/acme/${paths.get(name)}`)
        await settled(page)
        return problemsOf(page, size, name.replaceAll(' ', '-'))
      }),
    )
    expect(found.flat()).toEqual([])
  })

  test('the palette goes to a flow, runs it and shows the keys, by the keyboard alone', async () => {
    const { page } = browsers[0]!.browser
    await page.goto(`${stack.webUrl}/acme/executions`)
    await settled(page)
    await page.keyboard.press('Control+k')
    await page.getByPlaceholder(/A page, flow/).waitFor()
    await page
      .getByRole('option', { name: /^parent/ })
      .first()
      .waitFor()
    expect(await problemsOf(page, 'wide', 'palette')).toEqual([])
    await page.keyboard.type('paren')
    await page.getByRole('option', { name: 'Execute parent' }).waitFor()
    await page.keyboard.press('Enter')
    await page.waitForURL('**/flows/mill.team/parent')
    await page.keyboard.press('Control+k')
    await page.getByPlaceholder(/A page, flow/).waitFor()
    await page.keyboard.type('execute paren')
    await page.getByRole('option', { name: 'Execute parent' }).waitFor()
    await page.keyboard.press('Enter')
    await page.getByRole('dialog', { name: 'Execute parent' }).waitFor()
    expect(await problemsOf(page, 'wide', 'execute')).toEqual([])
    await page.keyboard.press('Escape')
    await page.goto(`${stack.webUrl}/acme/executions`)
    await settled(page)
    await page.keyboard.press('?')
    await page.getByRole('dialog', { name: 'Keys' }).waitFor()
    expect(await problemsOf(page, 'wide', 'keys')).toEqual([])
  })
})
