import type { Page } from 'playwright-core'

/** Replaces the editor's text as a person does: select all, paste. */
export async function paste(page: Page, text: string): Promise<void> {
  const editor = page.getByTestId('yaml-editor')
  await editor.locator('.view-lines').waitFor()
  await editor.click({ position: { x: 200, y: 20 } })
  await page.keyboard.press('ControlOrMeta+A')
  await page.evaluate(copied => navigator.clipboard.writeText(copied), text)
  await page.keyboard.press('ControlOrMeta+V')
}
