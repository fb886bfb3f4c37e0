import axe from 'axe-core'
import type { Page } from 'playwright-core'
import { z } from 'zod'

const Found = z.array(
  z.object({
    id: z.string(),
    impact: z.string().nullable(),
    help: z.string(),
    nodes: z.array(z.object({ html: z.string(), target: z.array(z.unknown()), failureSummary: z.string().optional() })),
  }),
)

/**
 * What axe calls serious or critical on a page as it is now: `rule: place (why)`. `rules`: only these. The code editor is
 * left out: its colours and its hidden text box are its own.
 */
export async function findBarriers(page: Page, rules?: readonly string[]): Promise<string[]> {
  // As a debugger does: our policy lets no script in that is not the page's own.
  const session = await page.context().newCDPSession(page)
  try {
    await session.send('Runtime.evaluate', { expression: `window.axe || (() => {${axe.source}})()` })
    const options = { resultTypes: ['violations'], ...(rules && { runOnly: { type: 'rule', values: rules } }) }
    const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
      expression: `axe.run({ exclude: ['.monaco-editor'] }, ${JSON.stringify(options)}).then(({ violations }) => violations)`,
      awaitPromise: true,
      returnByValue: true,
    })
    if (exceptionDetails) throw new Error(`axe failed: ${JSON.stringify(exceptionDetails)}`)
    return Found.parse(result.value)
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) =>
        nodes.map(
          ({ target, html, failureSummary = '' }) =>
            `${id}: ${target.join(' ')} ${html.slice(0, 160)} (${failureSummary.replace(/\s+/g, ' ').slice(0, 200)})`,
        ),
      )
  } finally {
    await session.detach()
  }
}

/** How many pixels of a page lie beyond its right edge. */
export function overflowOf(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
}
