import type { Page } from 'playwright-core'
import { expect, vi } from 'vitest'

/** Replaces the editor's text as a person does: select all, paste. */
export async function paste(page: Page, text: string): Promise<void> {
  const editor = page.getByTestId('yaml-editor')
  await editor.locator('.view-line').first().waitFor()
  // An editor that is still being drawn takes no click.
  const focus = async () => {
    await editor.click({ position: { x: 200, y: 20 } })
    expect(await editor.locator('.monaco-editor.focused').count()).toBe(1)
  }
  await vi.waitFor(focus, { timeout: 60_000 })
  await page.keyboard.press('ControlOrMeta+A')
  await page.evaluate(copied => navigator.clipboard.writeText(copied), text)
  await page.keyboard.press('ControlOrMeta+V')
}
