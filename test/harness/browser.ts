import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { type BrowserContext, chromium, type Page } from 'playwright-core'

const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium'
/** Of each step: a busy machine takes its time, and what never comes is still a failure. */
const stepMs = 60_000
const pictures = resolve(import.meta.dirname, '../../.millrace/screenshots')

export type TestBrowser = {
  context: BrowserContext
  page: Page
  /** Errors the pages have thrown or logged so far, each with the page's address. */
  errors: string[]
  /** Keeps a picture for a person to look at. */
  picture(name: string): Promise<void>
  stop(): Promise<void>
}

/** Whether a Chromium is here; with REQUIRE_ALL=1 its absence is a failure, not a reason to skip. */
export function hasBrowser(): boolean {
  const has = existsSync(executablePath)
  if (!has && process.env.REQUIRE_ALL === '1') throw new Error(`REQUIRE_ALL=1, but ${executablePath} is not here`)
  if (!has) console.warn(`Browser tests are skipped: ${executablePath} is not here (Debian's package chromium).`)
  return has
}

/** A headless Chromium with a profile of its own; with `hasTouch` what is pointed with is a finger. */
export async function startBrowser({ width = 1280, height = 800, hasTouch = false } = {}): Promise<TestBrowser> {
  const profile = await mkdtemp(join(tmpdir(), 'millrace-chromium-'))
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    viewport: { width, height },
    hasTouch,
    permissions: ['clipboard-read', 'clipboard-write'],
    args: [
      ...['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'],
      ...['--disable-background-networking', '--disable-component-update'],
    ],
  })
  context.setDefaultTimeout(stepMs)
  const page = context.pages()[0] ?? (await context.newPage())
  const errors: string[] = []
  page.on('pageerror', error => errors.push(`${page.url()}: ${error.message}`))
  page.on('console', message => {
    // A refused request is the server's answer (401, 422), not an error of the page.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      errors.push(`${page.url()}: ${message.text()}`)
  })
  await mkdir(pictures, { recursive: true })
  return {
    context,
    page,
    errors,
    picture: async name => void (await page.screenshot({ path: join(pictures, `${name}.png`) })),
    async stop() {
      await context.close()
      // Its helpers may write a last word.
      await rm(profile, { recursive: true, force: true, maxRetries: 10 })
    },
  }
}

/** Holds the scripts of a page back, as a slow connection does, until what is returned is called. */
export async function holdScripts(page: Page): Promise<() => void> {
  let letGo = () => {}
  const held = new Promise<void>(resolve => {
    letGo = resolve
  })
  // It stays: to take it away answers those that are held, which then are answered twice.
  await page.route('**/_next/static/**/*.js', async route => {
    await held
    await route.continue()
  })
  return letGo
}

/** Signs the owner of a stack in, whose first page is the list of flows while nothing has run. */
export async function signIn(page: Page, stack: { webUrl?: string; email: string; password: string }): Promise<void> {
  await page.goto(`${stack.webUrl}/sign-in`)
  await page.getByLabel('E-mail').fill(stack.email)
  await page.getByLabel('Password').fill(stack.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL('**/acme/flows')
}
