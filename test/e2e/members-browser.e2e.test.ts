/** An owner lets somebody in for one namespace; each sees and can do their part, and the log tells of it. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hasBrowser, signIn, startBrowser, type TestBrowser } from '../harness/browser'
import { startTestStack, type TestStack } from '../harness/stack'
import { paste } from './paste'

const flowIn = (namespace: string) =>
  `id: hello\nnamespace: ${namespace}\ntasks:\n  - id: say\n    type: io.kestra.plugin.core.log.Log\n    message: Hello\n`

describe.skipIf(!hasBrowser())('Members in the browser', () => {
  let stack: TestStack
  let ownersBrowser: TestBrowser
  let editorsBrowser: TestBrowser
  let owner: Page
  let editor: Page
  let link = ''

  beforeAll(async () => {
    stack = await startTestStack({ web: true })
    ;[ownersBrowser, editorsBrowser] = [await startBrowser(), await startBrowser({ width: 390, height: 800 })]
    owner = ownersBrowser.page
    editor = editorsBrowser.page
    await signIn(owner, stack)
  })
  afterAll(async () => {
    await ownersBrowser?.stop()
    await editorsBrowser?.stop()
    await stack?.stop()
  })

  async function statusOf(token: string): Promise<number> {
    const headers = { authorization: `Bearer ${token}` }
    return (await fetch(`${stack.webUrl}/api/v1/acme/flows/search`, { headers })).status
  }

  test('the owner makes a link for an editor of one namespace', async () => {
    await owner.getByRole('link', { name: 'Members' }).click()
    await owner.getByRole('button', { name: 'Invite' }).click()
    await owner.getByRole('combobox', { name: 'Role', exact: true }).selectOption('EDITOR')
    await owner.getByRole('textbox', { name: 'Namespace optional' }).fill('company.team')
    await owner.getByRole('button', { name: 'Make a link' }).click()
    link = (await owner.getByTestId('copy-value').textContent()) ?? ''
    expect(link).toMatch(/\/invitations\/\w+$/)
    await ownersBrowser.picture('members-invitation')
    await owner.getByRole('button', { name: 'Done' }).click()
  })

  test('who opens it signs up, joins, and has a second tenant', async () => {
    await editor.goto(`${stack.webUrl}/sign-up`)
    await editor.getByLabel('E-mail').fill('ed@example.com')
    await editor.getByLabel('Password').fill('long enough for all')
    await editor.getByLabel('Tenant name').fill('Own')
    await editor.getByRole('button', { name: 'Sign up' }).click()
    await editor.waitForURL('**/own/flows')
    await editor.goto(link)
    await editor.getByText('Join').first().waitFor()
    await editorsBrowser.picture('members-join')
    await editor.getByRole('button', { name: 'Join' }).click()
    await editor.waitForURL('**/acme/flows')
    await editor.goto(link)
    await editor.getByText(/unknown, used or expired/).waitFor()
  })

  test('the editor saves flows in that namespace and in no other, and administers nobody', async () => {
    await editor.goto(`${stack.webUrl}/acme/flows/new`)
    await paste(editor, flowIn('company.other'))
    await editor.getByRole('button', { name: 'Save' }).click()
    // A notice is there a second time for screen readers, for a moment: here and below the first will do.
    await editor
      .getByText(/may not do this in the namespace company.other/)
      .first()
      .waitFor()
    await paste(editor, flowIn('company.team'))
    await editor.getByRole('button', { name: 'Save' }).click()
    await editor.getByText('Revision 1', { exact: true }).waitFor()
    await editor.goto(`${stack.webUrl}/acme/settings/members`)
    await editor
      .getByText(/may not do this/)
      .first()
      .waitFor()
  })

  test('the owner sees who may what, and why', async () => {
    await owner.reload()
    const row = owner.getByRole('row', { name: /ed@example.com/ })
    await row.getByText('in company.team').waitFor()
    await ownersBrowser.picture('members')
    await owner.getByRole('tab', { name: 'Who may what' }).click()
    await owner.getByRole('combobox', { name: 'Member', exact: true }).selectOption({ label: 'ed@example.com' })
    await owner.getByRole('textbox', { name: 'In the namespace optional' }).fill('company.other')
    await owner.getByText(/company.other is not in company.team/).waitFor()
    await ownersBrowser.picture('members-explain')
    await owner.getByRole('tab', { name: 'Roles' }).click()
    await owner.getByRole('button', { name: 'New role' }).click()
    await owner.getByRole('textbox', { name: 'Name', exact: true }).fill('On call')
    await owner.getByLabel('EXECUTION:UPDATE').check()
    await ownersBrowser.picture('members-role')
    await owner.getByRole('button', { name: 'Save' }).click()
    await owner.getByRole('row', { name: /On call/ }).waitFor()
    await owner.getByRole('tab', { name: 'Groups' }).click()
    await owner.getByRole('button', { name: 'New group' }).click()
    await owner.getByRole('textbox', { name: 'Name', exact: true }).fill('Night shift')
    await owner.getByRole('button', { name: 'Create' }).click()
    await owner.getByLabel('Add a member to Night shift').selectOption({ label: 'ed@example.com' })
    await owner.getByRole('button', { name: 'Take ed@example.com out of Night shift' }).waitFor()
    await ownersBrowser.picture('members-groups')
  })

  test('a viewer sees what there is, and is offered nothing that they may not do', async () => {
    await owner.getByRole('link', { name: 'Members' }).click()
    await owner.getByRole('button', { name: 'Invite' }).click()
    await owner.getByRole('combobox', { name: 'Role', exact: true }).selectOption('VIEWER')
    await owner.getByRole('button', { name: 'Make a link' }).click()
    const invitation = (await owner.getByTestId('copy-value').textContent()) ?? ''
    await owner.getByRole('button', { name: 'Done' }).click()
    const browser = await startBrowser()
    const viewer = browser.page
    await viewer.goto(`${stack.webUrl}/sign-up`)
    await viewer.getByLabel('E-mail').fill('vi@example.com')
    await viewer.getByLabel('Password').fill('long enough for all')
    await viewer.getByLabel('Tenant name').fill('Views')
    await viewer.getByRole('button', { name: 'Sign up' }).click()
    await viewer.waitForURL('**/views/flows')
    await viewer.goto(invitation)
    await viewer.getByRole('button', { name: 'Join' }).click()
    await viewer.waitForURL('**/acme/flows')
    await viewer.getByRole('link', { name: 'hello', exact: true }).waitFor()
    // Who they are is known, and what they may do with it.
    await viewer.getByRole('button', { name: 'vi@example.com' }).waitFor()
    await expect.poll(() => viewer.getByRole('link', { name: 'New flow' }).count()).toBe(0)
    await expect.poll(() => viewer.getByRole('link', { name: 'Members' }).count()).toBe(0)
    await viewer.getByRole('link', { name: 'hello', exact: true }).click()
    await viewer.getByText('Revision 1', { exact: true }).waitFor()
    await expect.poll(() => viewer.getByRole('button', { name: /^(Save|Execute|More actions)$/ }).count()).toBe(0)
    await browser.picture('members-viewer')
    expect(browser.errors).toEqual([])
    await browser.stop()
  })

  test('a service account has a token that works until it is removed', async () => {
    await owner.getByRole('button', { name: 'New service account' }).click()
    await owner.getByRole('textbox', { name: 'Name', exact: true }).fill('deployer')
    await owner.getByRole('button', { name: 'Create' }).click()
    const token = (await owner.getByTestId('copy-value').textContent()) ?? ''
    await owner.getByRole('button', { name: 'Done' }).click()
    const status = async () =>
      (await fetch(`${stack.webUrl}/api/v1/acme/flows/search`, { headers: { authorization: `Bearer ${token}` } }))
        .status
    expect(await status()).toBe(200)
    await owner.getByRole('tab', { name: 'Members' }).click()
    await owner.getByRole('button', { name: 'Remove deployer' }).click()
    await owner.getByRole('button', { name: 'Remove', exact: true }).click()
    await owner.getByText('Removed the member').first().waitFor()
    expect(await statusOf(token)).toBe(401)
  })

  test('a token of one’s own is shown once, and works until it is revoked', async () => {
    await owner.getByRole('link', { name: 'API tokens' }).click()
    await owner.getByRole('button', { name: 'New token' }).click()
    await owner.getByRole('textbox', { name: 'Name', exact: true }).fill('CI')
    await owner.getByRole('combobox', { name: 'What it may do' }).selectOption('chosen')
    await owner.getByLabel('FLOW:READ').check()
    await owner.getByRole('textbox', { name: 'Only in the namespaces optional' }).fill('company.team')
    await ownersBrowser.picture('token-scope')
    await owner.getByRole('button', { name: 'Create token' }).click()
    const token = (await owner.getByTestId('copy-value').textContent()) ?? ''
    await ownersBrowser.picture('token-created')
    await owner.getByRole('button', { name: 'Done' }).click()
    expect(await statusOf(token)).toBe(200)
    await owner.getByRole('cell', { name: '1 permission in company.team' }).waitFor()
    await owner.getByRole('button', { name: 'Revoke CI' }).click()
    await owner.getByRole('button', { name: 'Revoke', exact: true }).click()
    await owner.getByText('Revoked the token').first().waitFor()
    expect(await statusOf(token)).toBe(401)
  })

  test('all of it is in the audit log, which is whole', async () => {
    await owner.getByRole('link', { name: 'Audit log' }).click()
    await owner.getByRole('row', { name: /ed@example.com.*CREATE FLOW company.team.hello/ }).waitFor()
    await owner.getByRole('row', { name: /DENIED FLOW company.other/ }).waitFor()
    await owner.getByRole('button', { name: /Details of CREATE company.team.hello/ }).click()
    await owner.getByRole('button', { name: 'Verify' }).click()
    await owner.getByText('Whole: no entry was changed or removed.').waitFor()
    await ownersBrowser.picture('audit-log')
    expect(ownersBrowser.errors).toEqual([])
    expect(editorsBrowser.errors).toEqual([])
  })
})
