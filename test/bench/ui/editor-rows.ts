import type { Page } from 'playwright-core'
import { summarise } from '../measure'
import type { Row } from '../report'

const namespace = 'company.team0'
const mostGraphMs = 1500
const mostKeyMs = 150
const leastFrames = 50
const dragMs = 4000
const times = 10

/** 500 tasks: 50 branches of ten. */
const wide = `id: wide
namespace: ${namespace}
tasks:
${Array.from({ length: 50 }, (_, branch) => {
  const tasks = Array.from(
    { length: 9 },
    (_unused, task) =>
      `      - {id: t${branch}_${task}, type: io.kestra.plugin.core.log.Log, message: "{{ flow.id }}"}`,
  )
  return `  - id: b${branch}\n    type: io.kestra.plugin.core.flow.Parallel\n    tasks:\n${tasks.join('\n')}`
}).join('\n')}
`

/** 1,000 lines. */
const long = `id: long
namespace: ${namespace}
tasks:
${Array.from(
  { length: 249 },
  (_, task) =>
    `  - id: t${task}\n    type: io.kestra.plugin.core.log.Log\n    level: INFO\n    message: "{{ flow.id }} {{ execution.id }}"`,
).join('\n')}
`

type Api = { url: string; token: string }

/** Flows that have a text, for the pages that show one. */
export async function createFlows(api: Api): Promise<void> {
  for (const body of [wide, long]) {
    const headers = { authorization: `Bearer ${api.token}`, 'content-type': 'application/x-yaml' }
    const response = await fetch(`${api.url}/api/v1/bench/flows`, { method: 'POST', body, headers })
    if (!response.ok) throw new Error(`${response.status} ${await response.text()}`)
  }
}

/** The graph of a large flow, and how soon the editor says what is wrong. */
export async function editorRows(page: Page, url: string): Promise<Row[]> {
  return [...(await graphRows(page, url)), await dragRow(page, url), await keyRow(page, url)]
}

/** From opening the page, and from asking for the graph where the text is there already, until it is drawn. */
async function graphRows(page: Page, url: string): Promise<Row[]> {
  const address = `${url}/bench/flows/${namespace}/wide`
  const opened: number[] = []
  const asked: number[] = []
  // Its code is loaded once; what is measured is the graph.
  await page.goto(`${address}?views=graph`)
  await page.evaluate(graphDrawnMs, undefined)
  for (let run = 0; run < 5; run++) {
    await page.goto(`${address}?tab=triggers`)
    await page.getByRole('tab', { name: 'Triggers' }).waitFor()
    await page.goto(`${address}?views=graph`, { waitUntil: 'commit' })
    opened.push(await page.evaluate(graphDrawnMs, undefined))
    await page.goto(`${address}?views=code`, { waitUntil: 'networkidle' })
    await page.getByTestId('yaml-editor').locator('.view-line').first().waitFor()
    asked.push(await page.evaluate(graphDrawnMs, 'Graph'))
  }
  const row = { group: 'graph', unit: 'ms' as const, baseline: { what: 'target', value: mostGraphMs } }
  return [
    { ...row, what: '500 tasks, from asking for the graph to drawn', value: summarise(asked).medianMs },
    { ...row, what: '500 tasks, from opening the page to drawn', value: summarise(opened).medianMs },
  ]
}

/**
 * Runs in the page: presses a view's button, if one is named, until nothing more of the graph is drawn; without one since
 * the page was asked for. Only those in sight are drawn: the others as one comes to them.
 */
function graphDrawnMs(button: string | undefined): Promise<number> {
  const begun = button === undefined ? 0 : performance.now()
  const buttons = [...document.querySelectorAll<HTMLElement>('[aria-label="Views"] button')]
  if (button !== undefined) buttons.find(({ textContent }) => textContent?.trim() === button)?.click()
  return new Promise(resolve => {
    let drawn = ''
    const look = () => {
      const nodes = [...document.querySelectorAll('.react-flow__node')].map(node => node.getAttribute('data-id')).join()
      if (nodes !== '' && nodes === drawn) return resolve(performance.now() - begun)
      drawn = nodes
      requestAnimationFrame(look)
    }
    requestAnimationFrame(look)
  })
}

/** How smoothly a task goes with the pointer. */
async function dragRow(page: Page, url: string): Promise<Row> {
  await page.goto(`${url}/bench/flows/${namespace}/wide?views=graph`, { waitUntil: 'networkidle' })
  const task = page.locator('[data-key="task:t1_1"]')
  await task.waitFor()
  const box = await task.boundingBox()
  if (!box) throw new Error('the task is not in sight')
  const at = { x: box.x + 60, y: box.y + 8 }
  await page.mouse.move(at.x, at.y)
  await page.mouse.down()
  const frames = page.evaluate(countFrames, dragMs)
  const began = performance.now()
  for (let step = 0; performance.now() - began < dragMs; step++) {
    await page.mouse.move(at.x + 150 * Math.sin(step / 15), at.y + 130 + 130 * Math.sin(step / 40))
  }
  const value = (await frames) / (dragMs / 1000)
  await page.keyboard.press('Escape')
  await page.mouse.up()
  const target = { what: 'target', value: leastFrames }
  return { group: 'graph', what: '500 tasks, frames while one is dragged', unit: 'fps', value, baseline: target }
}

/** Runs in the page. */
function countFrames(ms: number): Promise<number> {
  return new Promise(resolve => {
    const begun = performance.now()
    let count = 0
    const step = () => {
      if (performance.now() - begun >= ms) return resolve(count)
      count++
      requestAnimationFrame(step)
    }
    requestAnimationFrame(step)
  })
}

async function keyRow(page: Page, url: string): Promise<Row> {
  await page.goto(`${url}/bench/flows/${namespace}/long?views=code`)
  const editor = page.getByTestId('yaml-editor')
  await editor.locator('.view-lines').waitFor()
  await editor.click({ position: { x: 200, y: 20 } })
  await page.keyboard.press('ControlOrMeta+End')
  await page.keyboard.press('Enter')
  const samples: number[] = []
  for (let run = 0; run < times; run++) {
    const name = `odd${run}`
    await page.keyboard.type(`${name}: 1`)
    await page.getByRole('region', { name: 'Problems' }).getByText(name).first().waitFor()
    // The last key makes it another name: from there to its being told.
    // A key may overtake what is asked of a busy page.
    const told = await page.evaluateHandle(watchForTold, `${name}x`)
    for (let back = 0; back < 3; back++) await page.keyboard.press('ArrowLeft')
    await page.keyboard.press('x')
    samples.push(await told.evaluate(({ ms }) => ms))
    await page.keyboard.press('End')
    await page.keyboard.press('Enter')
  }
  const value = summarise(samples).p95Ms
  const target = { what: 'target', value: mostKeyMs }
  return {
    group: 'editor',
    what: '1,000 lines, from key to its problem told (p95)',
    unit: 'ms',
    value,
    baseline: target,
  }
}

/** Runs in the page: from the next press of `x` until a text stands among the problems. */
function watchForTold(text: string): { ms: Promise<number> } {
  const ms = new Promise<number>(resolve => {
    let begun = 0
    const note = (event: KeyboardEvent) => {
      if (event.key === 'x') begun = performance.now()
    }
    window.addEventListener('keydown', note, { capture: true })
    const look = () => {
      const region = document.querySelector('[aria-label="Problems"]')
      if (begun === 0 || !region?.textContent?.includes(text)) return requestAnimationFrame(look)
      window.removeEventListener('keydown', note, { capture: true })
      resolve(performance.now() - begun)
    }
    requestAnimationFrame(look)
  })
  return { ms }
}
