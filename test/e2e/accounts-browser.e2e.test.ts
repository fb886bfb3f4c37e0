/** An account from its first address to its second factor: mail, codes, sessions, a forgotten password, an issuer. */
import { TOTP } from 'otpauth'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freePort } from '#infra/local/free-port'
import { hasBrowser, holdScripts, startBrowser, type TestBrowser } from '../harness/browser'
import { type OidcIssuer, startOidcIssuer } from '../harness/oidc-issuer'
import { startSmtp } from '../harness/smtp'
import { startTestStack, type TestStack } from '../harness/stack'

describe.skipIf(!hasBrowser())('Accounts in the browser', () => {
  let stack: TestStack
  let smtp: Awaited<ReturnType<typeof startSmtp>>
  let issuer: OidcIssuer
  let wide: TestBrowser
  let phone: TestBrowser
  let page: Page
  let secret = ''
  let recovery = ''

  beforeAll(async () => {
    smtp = await startSmtp()
    const port = await freePort()
    const url = `http://127.0.0.1:${port}`
    const client = { id: 'millrace', secret: 'a secret' }
    issuer = await startOidcIssuer({ ...client, redirectUri: `${url}/api/auth/callback/oidc` })
    stack = await startTestStack({
      web: true,
      env: {
        MILLRACE_PORT: String(port),
        SMTP_URL: smtp.url,
        MAIL_FROM: 'Millrace <m@example.com>',
        MILLRACE_URL: url,
        MILLRACE_OIDC_ISSUER: issuer.url,
        MILLRACE_OIDC_CLIENT_ID: client.id,
        MILLRACE_OIDC_CLIENT_SECRET: client.secret,
        MILLRACE_OIDC_NAME: 'Example',
      },
    })
    expect(stack.webUrl).toMatch(/^http/)
    ;[wide, phone] = [await startBrowser(), await startBrowser({ width: 390, height: 800 })]
    page = wide.page
  })
  afterAll(async () => {
    await wide?.stop()
    await phone?.stop()
    await stack?.stop()
    await issuer?.stop()
    await smtp?.stop()
  })

  const lastLink = (path: string) =>
    smtp.mails
      .map(({ text }) => new RegExp(`http\\S+/${path}/\\w+`).exec(text)?.[0])
      .filter(Boolean)
      .at(-1) ?? ''

  test('a form is there once it can be sent: no password comes into an address', async () => {
    const letGo = await holdScripts(page)
    await page.goto(`${stack.webUrl}/sign-in`, { waitUntil: 'commit' })
    await page.getByRole('heading', { name: 'Sign in' }).waitFor()
    expect(await page.locator('form').count()).toBe(0)
    letGo()
    await page.getByLabel('E-mail').waitFor()
  })

  test('whoever signs up proves their address before they go on', async () => {
    await page.goto(`${stack.webUrl}/sign-up`)
    await wide.picture('account-sign-up')
    await page.getByLabel('E-mail').fill('ed@example.com')
    await page.getByLabel('Password').fill('long enough for all')
    await page.getByLabel('Tenant name').fill('Own')
    await page.getByRole('button', { name: 'Sign up' }).click()
    await page.getByText('Confirm your e-mail address first').waitFor()
    await wide.picture('account-wall')
    await page.getByRole('button', { name: 'Send it again' }).click()
    await page.getByText('Sent the link').first().waitFor()
    await page.goto(lastLink('verify-email'))
    await page.getByRole('button', { name: 'Confirm' }).waitFor()
    await wide.picture('account-verify')
    await page.getByRole('button', { name: 'Confirm' }).click()
    await page.getByText('is confirmed').waitFor()
    await page.getByRole('link', { name: 'Go on' }).click()
    await page.waitForURL('**/own/flows')
    await page.goto(lastLink('verify-email'))
    await page.getByText(/was used already/).waitFor()
    await wide.picture('account-verify-used')
  })

  test('a second factor is switched on by a code, and gives recovery codes once', async () => {
    await page.goto(`${stack.webUrl}/account`)
    await page.waitForURL('**/own/settings/account')
    await page.getByRole('button', { name: 'Switch on' }).click()
    await page.getByRole('dialog').getByLabel('Password').fill('long enough for all')
    await page.getByRole('button', { name: 'Go on' }).click()
    await page.getByRole('img', { name: /QR/ }).waitFor()
    secret = (await page.getByRole('dialog').locator('code').textContent()) ?? ''
    await wide.picture('account-qr')
    const width = () => page.getByRole('img', { name: /QR/ }).evaluate((img: HTMLImageElement) => img.naturalWidth)
    await expect.poll(width).toBeGreaterThan(0)
    await page.getByLabel('Code').fill(new TOTP({ secret }).generate())
    await page.getByRole('button', { name: 'Switch on', exact: true }).click()
    recovery = ((await page.getByTestId('copy-value').textContent()) ?? '').split('\n')[0] ?? ''
    await wide.picture('account-recovery')
    await page.getByRole('button', { name: 'Done' }).click()
    await page.getByText(/10 of your recovery codes are left/).waitFor()
    await wide.picture('account-page')
  })

  test('signing in asks for the code, and one’s other sessions can be ended', async () => {
    const { page: small } = phone
    await small.goto(`${stack.webUrl}/sign-in`)
    await small.getByText('Sign in with Example').waitFor()
    await phone.picture('account-phone-sign-in')
    await small.getByLabel('E-mail').fill('ed@example.com')
    await small.getByLabel('Password').fill('long enough for all')
    await small.getByRole('button', { name: 'Sign in', exact: true }).click()
    await small.getByLabel('Code').fill('000000')
    await small.getByRole('button', { name: 'Sign in', exact: true }).click()
    await small.getByText(/This code is wrong/).waitFor()
    await phone.picture('account-phone-code')
    await small.getByLabel('Code').fill(recovery)
    await small.getByRole('button', { name: 'Sign in', exact: true }).click()
    await small.waitForURL('**/own/flows')
    await small.getByRole('button', { name: 'Menu' }).click()
    await small.getByRole('button', { name: /ed@example.com/ }).click()
    await small.getByRole('menuitem', { name: 'Your account' }).click()
    await small.getByText('this one').waitFor()
    await phone.picture('account-phone-page')
    await small.getByRole('button', { name: 'End all others' }).scrollIntoViewIfNeeded()
    await phone.picture('account-phone-sessions')
    await small.getByRole('button', { name: 'End all others' }).click()
    await small.getByText('Ended the other sessions').first().waitFor()
    await page.reload()
    await page.waitForURL('**/sign-in?next=*')
  })

  test('a forgotten password is set anew by a link', async () => {
    await page.getByRole('link', { name: 'Forgot your password?' }).click()
    // The page before it asks for an address, too.
    await page.waitForURL('**/reset-password')
    await page.getByLabel('E-mail').fill('ed@example.com')
    await page.getByRole('button', { name: 'Send a link' }).click()
    await page.getByText(/If ed@example.com has an account/).waitFor()
    await wide.picture('account-asked')
    await expect.poll(() => lastLink('reset-password')).not.toBe('')
    await page.goto(lastLink('reset-password'))
    await page.getByLabel('New password').fill('another long password')
    await wide.picture('account-reset')
    await page.getByRole('button', { name: 'Set the password' }).click()
    await page.getByText(/is set/).waitFor()
  })

  test('an issuer signs people in, who belong nowhere yet', async () => {
    issuer.seat({ sub: 'zoe', email: 'zoe@example.com', email_verified: true, name: 'Zoe' })
    await page.goto(`${stack.webUrl}/sign-in`)
    await page.getByRole('button', { name: 'Sign in with Example' }).click()
    await page.getByText('You belong to no tenant').waitFor()
    await wide.picture('account-no-tenant')
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.waitForURL('**/sign-in')
    issuer.seat(null)
    // Else the issuer knows them from before.
    await wide.context.clearCookies()
    await page.getByRole('button', { name: 'Sign in with Example' }).click()
    await page.waitForURL('**error=**')
    await wide.picture('account-oidc-problem')
    expect([...wide.errors, ...phone.errors]).toEqual([])
  })
})
