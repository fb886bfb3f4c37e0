import { gzipSync } from 'node:zlib'
import type { Page } from 'playwright-core'
import type { Row } from '../report'
import { longExecution } from './seed'

const mostKilobytes = 250
/** Each kind of page that is seen before an editor is. */
const pages = [
  ...['dashboard', 'flows', 'executions', 'logs', 'namespaces', 'triggers', 'blueprints', 'plugins', 'concurrency'],
  ...['flows/company.team0/wide?tab=overview', 'namespaces/company.team3', `executions/${longExecution}`],
  ...[
    'settings/general',
    'settings/members',
    'settings/account',
    'settings/tokens',
    'settings/billing',
    'settings/audit',
  ],
]
const leastFrames = 50
const scrollMs = 5000

/** What a browser loads of our JavaScript for a page, compressed. Chunks that are loaded on demand count as far as the page asks for them. */
export async function firstLoadRows(page: Page, url: string): Promise<Row[]> {
  const rows: Row[] = []
  for (const path of pages) {
    const sizes = new Map<string, Promise<number>>()
    const note = (response: Awaited<ReturnType<Page['waitForResponse']>>) => {
      if (!/\/_next\/static\/.*\.js/.test(response.url())) return
      sizes.set(
        response.url(),
        response.body().then(body => gzipSync(body).length),
      )
    }
    // What the page before still loads is not this page's.
    await page.goto('about:blank')
    // A cache would hide what other pages have loaded.
    const session = await page.context().newCDPSession(page)
    await session.send('Network.setCacheDisabled', { cacheDisabled: true })
    page.on('response', note)
    await page.goto(`${url}/bench/${path}`, { waitUntil: 'networkidle' }).catch(() => undefined)
    page.off('response', note)
    const bytes = (await Promise.all(sizes.values())).reduce((sum, size) => sum + size, 0)
    rows.push({
      group: 'first load',
      what: `JavaScript of /${path}, gzip`,
      unit: 'kB',
      value: bytes / 1000,
      baseline: { what: 'target', value: mostKilobytes },
    })
    await session.detach()
  }
  return rows
}

/** How smoothly the log of one execution scrolls from its beginning to its end and back. */
export async function scrollRows(page: Page, url: string, lines: number): Promise<Row[]> {
  const began = performance.now()
  await page.goto(`${url}/bench/executions/${longExecution}?tab=logs&level=TRACE`)
  await page.locator('[data-line="0"]').waitFor({ timeout: 60_000 })
  const shownMs = performance.now() - began
  const { frames, gaps } = await page.evaluate(measureScroll, scrollMs)
  const jump = await timeJump(page)
  const what = (text: string) => `log of ${lines.toLocaleString('en')} lines: ${text}`
  return [
    { group: 'log', what: what('first lines drawn'), unit: 'ms', value: shownMs },
    {
      ...{ group: 'log', what: what('frames while it scrolls'), unit: 'fps' as const },
      ...{ value: frames / (scrollMs / 1000), baseline: { what: 'target', value: leastFrames } },
    },
    { group: 'log', what: what('longest of 95 % of frames'), unit: 'ms', value: gaps },
    { group: 'log', what: what('from its middle to lines drawn'), unit: 'ms', value: jump },
  ]
}

/** Runs in the page: scrolls a little with each frame, so that all of the log is passed twice. */
async function measureScroll(ms: number): Promise<{ frames: number; gaps: number }> {
  const box = document.querySelector('[role=log]')
  if (!box) throw new Error('there is no log')
  const begun = performance.now()
  const times: number[] = []
  await new Promise<void>(resolve => {
    const step = (now: number) => {
      times.push(now)
      const share = Math.min((now - begun) / ms, 1)
      box.scrollTop = (share < 0.5 ? share * 2 : 2 - share * 2) * (box.scrollHeight - box.clientHeight)
      if (share < 1) requestAnimationFrame(step)
      else resolve()
    }
    requestAnimationFrame(step)
  })
  const gaps = times.slice(1).map((time, index) => time - (times[index] ?? time))
  gaps.sort((a, b) => a - b)
  return { frames: times.length, gaps: gaps[Math.floor(gaps.length * 0.95)] ?? 0 }
}

/** From a jump into the middle until its lines are there. */
async function timeJump(page: Page): Promise<number> {
  const began = performance.now()
  await page.evaluate(() => {
    const box = document.querySelector('[role=log]')
    if (box) box.scrollTop = box.scrollHeight / 2
    for (const line of document.querySelectorAll('[data-line]')) line.setAttribute('data-before', '')
  })
  await page.locator('[data-line]:not([data-before])').first().waitFor({ state: 'attached' })
  return performance.now() - began
}
