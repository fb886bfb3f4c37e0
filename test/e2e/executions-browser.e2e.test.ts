/** What ran, watched in the browser: live logs over a lost connection, search, outputs, dashboards. */
import { readFile } from 'node:fs/promises'
import type { Page, Request, Route } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hasBrowser, signIn, startBrowser, type TestBrowser } from '../harness/browser'
import { startTestStack, type TestStack } from '../harness/stack'

const core = 'io.kestra.plugin.core'
const namespace = 'mill.team'

const talks = `id: talks
namespace: ${namespace}
inputs:
  - {id: day, type: STRING, defaults: monday}
tasks:
  - id: each
    type: ${core}.flow.ForEach
    values: ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"]
    tasks:
      - {id: say, type: ${core}.log.Log, message: "grain {{ taskrun.value }} of twelve"}
      - {id: hold, type: ${core}.flow.Pause, runIf: "{{ taskrun.value == '3' }}"}
      - {id: rest, type: ${core}.flow.Sleep, duration: PT0.4S}
  - {id: complain, type: ${core}.log.Log, level: ERROR, message: the stone is worn}
  - {id: give, type: ${core}.debug.Return, format: "{{ inputs.day }} flour"}
`
const breaks = `id: breaks
namespace: ${namespace}
tasks:
  - {id: stop, type: ${core}.execution.Fail, errorMessage: no water}
`
const halves = `id: halves
namespace: ${namespace}
tasks:
  - {id: quiet, type: ${core}.log.Log, level: DEBUG, message: a whisper}
  - {id: first, type: ${core}.log.Log, message: the first half}
  - {id: hold, type: ${core}.flow.Pause}
  - {id: second, type: ${core}.log.Log, message: the second half}
`

/**
 * Runs in the page: gives it `cutStreams()`, which breaks the connections that follow something, and `watchForBlank(shown)`,
 * from which on `wasBlank` tells whether all that this selector names was ever gone.
 */
function makeCuttable(): void {
  const { fetch } = window
  const open = new Set<AbortController>()
  window.fetch = (input, init = {}) => {
    if (!String(input).includes('/follow')) return fetch(input, init)
    const cut = new AbortController()
    open.add(cut)
    return fetch(input, { ...init, signal: AbortSignal.any([cut.signal, ...(init.signal ? [init.signal] : [])]) })
  }
  Object.assign(window, {
    cutStreams: () => {
      for (const cut of open) cut.abort()
      open.clear()
    },
    wasBlank: false,
    watchForBlank: (shown: string) => {
      const watch = new MutationObserver(() => {
        if (!document.querySelector(shown)) Object.assign(window, { wasBlank: true })
      })
      watch.observe(document, { childList: true, subtree: true })
    },
  })
}

describe.skipIf(!hasBrowser())('Executions in the browser', () => {
  let stack: TestStack
  let browser: TestBrowser
  let page: Page
  let id: string

  const call = async (path: string, init: RequestInit = {}) => {
    const headers = { ...init.headers, authorization: `Bearer ${stack.token}` }
    const response = await fetch(`${stack.webUrl}/api/v1/acme${path}`, { ...init, headers })
    expect(response.status, `${path}: ${response.status}`).toBe(200)
    return response.json()
  }
  const save = (body: string) =>
    call('/flows', { method: 'POST', body, headers: { 'content-type': 'application/x-yaml' } })
  const log = () => page.getByRole('log')
  /** Waits for the next stream of a log to open; what it gives then resolves when that is over. */
  async function nextStream(): Promise<() => Promise<unknown>> {
    const opened = await page.waitForResponse(response => /\/logs\/[^/]+\/follow/.test(response.url()))
    const isIt = (request: Request) => request === opened.request()
    // A page that leaves at the last word makes it one that failed.
    const over = Promise.race([page.waitForEvent('requestfinished', isIt), page.waitForEvent('requestfailed', isIt)])
    return () => over
  }

  beforeAll(async () => {
    stack = await startTestStack({ web: true })
    browser = await startBrowser()
    page = browser.page
    await page.addInitScript(makeCuttable)
    await signIn(page, stack)
    await save(talks)
    await save(breaks)
    await save(halves)
  })

  afterAll(async () => {
    await browser?.stop()
    await stack?.stop()
  })

  test('a live log goes on where it was cut off, each line once', async () => {
    id = (await call(`/executions/${namespace}/talks`, { method: 'POST' })).id
    await page.goto(`${stack.webUrl}/acme/executions/${id}?tab=logs`)
    await log().getByText('grain 3 of twelve').waitFor()
    const state = async () => (await call(`/executions/${id}`)).state.current
    await expect.poll(state).toBe('PAUSED')
    await browser.context.setOffline(true)
    // A browser that goes offline leaves open connections alone.
    await page.evaluate('cutStreams()')
    await page.getByText('Reconnecting…').first().waitFor()
    await call(`/executions/${id}/resume`, { method: 'POST' })
    await browser.picture('logs-reconnecting')
    await page.evaluate(`watchForBlank('[data-line]')`)
    const stream = nextStream()
    await browser.context.setOffline(false)
    await log().getByText('the stone is worn').waitFor()
    const lines = await log().locator('[data-line]').allTextContents()
    const grains = lines.flatMap(text => /grain (\d+) of twelve/.exec(text)?.[1] ?? [])
    expect(grains).toEqual(Array.from({ length: 12 }, (_, index) => String(index + 1)))
    // What was read stays in sight when the execution ends.
    await (await stream)()
    expect(await page.evaluate('wasBlank')).toBe(false)
    await browser.picture('logs')
  })

  test('it is searched, narrowed and downloaded, and leads from error to error', async () => {
    await page.getByRole('button', { name: /Next error/ }).click()
    await log().getByText('the stone is worn').waitFor()
    await page.getByLabel('Search the log').fill('GRAIN 1')
    const marked = () => log().locator('mark').allTextContents()
    await expect.poll(marked, { timeout: 20_000 }).toEqual(Array.from({ length: 4 }, () => 'grain 1'))
    expect(new URL(page.url()).searchParams.get('q')).toBe('GRAIN 1')
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Download the log' }).click(),
    ])
    const text = await readFile(await download.path(), 'utf8')
    expect(
      text
        .trim()
        .split('\n')
        .map(line => line.split(' say ')[1]),
    ).toEqual(['1', '10', '11', '12'].map(number => `grain ${number} of twelve`))
    await page.getByLabel('Search the log').fill('')
    await page.getByLabel('Level').selectOption('ERROR')
    await expect.poll(() => log().locator('[data-line]').count(), { timeout: 20_000 }).toBe(1)
  })

  test('an expression is tried on its data', async () => {
    await page.goto(`${stack.webUrl}/acme/executions/${id}?tab=outputs`)
    const tester = page.getByRole('region', { name: 'Try an expression' })
    await tester.getByRole('textbox').fill('{{ outputs.give.value | upper }}')
    await tester.getByRole('textbox').press('Enter')
    await tester.getByText('MONDAY FLOUR').waitFor()
    await tester.getByRole('textbox').fill('outputs.take.value')
    await tester.getByRole('button', { name: 'Try' }).click()
    await tester.getByText('Unable to find').waitFor()
    await browser.picture('outputs-tester')
    await page.reload()
    await tester.getByRole('button', { name: 'Recent expressions' }).click()
    await page.getByRole('menuitem', { name: '{{ outputs.give.value | upper }}' }).click()
    await tester.getByText('MONDAY FLOUR').waitFor()
  })

  test('one task is run alone, with what others gave before', async () => {
    await page.goto(`${stack.webUrl}/acme/flows/${namespace}/talks`)
    await page.getByRole('button', { name: 'More actions' }).click()
    await page.getByRole('menuitem', { name: 'Run one task' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Task', { exact: true }).selectOption('give')
    await dialog.getByLabel('day').fill('sunday')
    await dialog.getByRole('button', { name: 'Run', exact: true }).click()
    await dialog.getByText('sunday flour').waitFor()
    await browser.picture('playground')
    await dialog.getByRole('link', { name: 'Open the execution' }).click()
    await page.getByRole('tab', { name: 'Dependencies' }).click()
    await page.getByText('No other execution led to this one').waitFor()
  })

  test('the dashboard is the first page then, and leads to what failed', async () => {
    await call(`/executions/${namespace}/breaks?wait=true`, { method: 'POST' })
    await page.goto(`${stack.webUrl}/`)
    await page.waitForURL('**/acme/dashboard')
    await page.getByText('50 %').first().waitFor()
    await page
      .getByRole('figure', { name: /^Executions over time: .*1 failed/ })
      .locator('path')
      .first()
      .waitFor()
    await browser.picture('dashboard')
    const failures = page.getByRole('region', { name: 'Failures by flow' })
    await failures.getByRole('link', { name: /^1/ }).click()
    await page.waitForURL('**/acme/executions?*state=FAILED*')
    await page.getByRole('row', { name: /breaks/ }).waitFor()
    await expect.poll(() => page.getByRole('row', { name: /talks/ }).count()).toBe(0)
    await page.goto(`${stack.webUrl}/acme/flows/${namespace}/talks?tab=overview`)
    await page.getByText('100 %').first().waitFor()
  })

  test('a list of the last hour stays in sight when the hour moves on', async () => {
    const startOf = (url: string) => /"startDate":"([^"]+)"/.exec(decodeURIComponent(url))?.[1] ?? ''
    const asked = (after: string) => page.waitForResponse(response => startOf(response.url()) > after)
    const first = asked('')
    await page.goto(`${stack.webUrl}/acme/executions?within=1h`)
    const start = startOf((await first).url())
    await page.getByRole('row', { name: /breaks/ }).waitFor()
    await page.evaluate(`watchForBlank('tbody tr')`)
    const later = asked(start)
    await page.evaluate('Date.now = (now => () => now() + 60_000)(Date.now)')
    await later
    expect(await page.evaluate('wasBlank')).toBe(false)
  })

  test('lines chosen just before a log ends are followed to its end', async () => {
    const half = (await call(`/executions/${namespace}/halves`, { method: 'POST' })).id
    const stream = nextStream()
    await page.goto(`${stack.webUrl}/acme/executions/${half}?tab=logs`)
    await log().getByText('the first half').waitFor()
    await expect.poll(async () => (await call(`/executions/${half}`)).state.current).toBe('PAUSED')
    // The answer is of before the end, and comes after it.
    const isOver = await stream
    const answer = async (route: Route) => {
      const response = await route.fetch()
      await call(`/executions/${half}/resume`, { method: 'POST' })
      await isOver()
      await route.fulfill({ response })
    }
    await page.route(/execution\.logIndex/, answer, { times: 1 })
    await page.getByLabel('Level').selectOption('DEBUG')
    await log().getByText('a whisper').waitFor()
    await log().getByText('the second half').waitFor()
  })

  test('lines of all executions are searched', async () => {
    await page.goto(`${stack.webUrl}/acme/logs?level=ERROR`)
    const lines = page.getByRole('region', { name: 'Log lines' })
    await lines.getByText('no water').first().waitFor()
    await browser.picture('logs-page')
    await page.getByLabel('Search messages').fill('worn')
    await lines.getByText('no water').first().waitFor({ state: 'detached' })
    await lines.getByRole('link', { name: /talks/ }).click()
    await page.waitForURL(`**/executions/${id}?tab=logs*`)
  })

  test('no page has complained', () => {
    expect(browser.errors).toEqual([])
  })
})
