import { expect, type Page } from '@playwright/test'
import { hydrated } from '../steps.ts'

/** Writes a draft and waits until it is saved. */
export async function writeDraft(page: Page, { title, body }: { title: string; body: string }) {
  await page.goto('/editor/new')
  await hydrated(page)
  await page.getByLabel('Title').fill(title)
  await richField(page)
  await bodyField(page).fill(body)
  await saved(page)
  await expect(page).toHaveURL(/\/editor\/[0-9a-f-]{36}$/)
}

/** Opens a draft and waits for the field that takes the place of a plain one: what is filled in meanwhile may be doubled. */
export async function openEditor(page: Page, address: string) {
  await page.goto(address)
  await hydrated(page)
  await richField(page)
}

export const saved = (page: Page) => expect(page.getByText('Saved', { exact: true })).toBeVisible()

/** The field of the Markdown, in CodeMirror or plain. */
export const bodyField = (page: Page) => page.getByLabel('Text', { exact: true })

/**
 * Replaces the Markdown in CodeMirror, which takes a pasted text as it is. What Playwright fills in it reads from the page, with what it
 * draws there of other people, and now and then finds a line more.
 */
export async function pasteBody(page: Page, body: string) {
  await bodyField(page).press('ControlOrMeta+a')
  await bodyField(page).evaluate((field, text) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', text)
    const options = { clipboardData, bubbles: true, cancelable: true }
    field.dispatchEvent(new ClipboardEvent('paste', options))
  }, body)
}

/** The Markdown as far as it is drawn: of a long text, what is near the window. */
export const bodyText = (page: Page) =>
  bodyField(page).evaluate((field) =>
    field instanceof HTMLTextAreaElement
      ? field.value
      : Array.from(field.querySelectorAll('.cm-line'), (line) => line.textContent).join('\n'),
  )

export const expectBody = (page: Page, options?: { timeout: number }) =>
  expect.poll(() => bodyText(page), options)

/** Waits until CodeMirror shows the text. */
export const richField = (page: Page) => expect(page.locator('.cm-content')).toBeVisible()
