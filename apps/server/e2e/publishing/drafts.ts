import { expect, type Page } from '@playwright/test'
import { hydrated } from '../steps.ts'

/** Writes a draft and waits until it is saved. */
export async function writeDraft(page: Page, { title, body }: { title: string; body: string }) {
  await page.goto('/editor/new')
  await hydrated(page)
  await page.getByLabel('Title').fill(title)
  await page.getByLabel('Text', { exact: true }).fill(body)
  await saved(page)
  await expect(page).toHaveURL(/\/editor\/[0-9a-f-]{36}$/)
}

export const saved = (page: Page) => expect(page.getByText('Saved', { exact: true })).toBeVisible()
