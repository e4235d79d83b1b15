import { expect, test } from '@playwright/test'
import { hydrated, newPerson, signUp } from '../steps.ts'
import { saved, writeDraft } from './drafts.ts'

test('two tabs on one draft: the later one learns of it, and neither text is lost', async ({
  page,
  context,
}) => {
  await signUp(page, newPerson('Twotabs'))
  await writeDraft(page, { title: 'Open twice', body: 'As it began.' })
  const other = await context.newPage()
  await other.goto(page.url())
  await hydrated(other)
  await other.getByLabel('Text', { exact: true }).fill('From the other tab.')
  await saved(other)

  await page.getByLabel('Text', { exact: true }).fill('From the first tab.')
  await expect(
    page.getByText('This article has been changed elsewhere since you opened it.'),
  ).toBeVisible()
  await expect(page.getByLabel('Text', { exact: true })).toHaveValue('From the first tab.')

  await page.getByRole('button', { name: 'Load the other version' }).click()
  await expect(page.getByLabel('Text', { exact: true })).toHaveValue('From the other tab.')
  await page.getByRole('button', { name: 'Go back to my text' }).click()
  await expect(page.getByLabel('Text', { exact: true })).toHaveValue('From the first tab.')
  await saved(page)
  await other.reload()
  await expect(other.getByLabel('Text', { exact: true })).toHaveValue('From the first tab.')
})

test('keeping mine saves over the other version', async ({ page, context }) => {
  await signUp(page, newPerson('Keeper'))
  await writeDraft(page, { title: 'Kept', body: 'As it began.' })
  const other = await context.newPage()
  await other.goto(page.url())
  await hydrated(other)
  await other.getByLabel('Text', { exact: true }).fill('Theirs.')
  await saved(other)
  await page.getByLabel('Text', { exact: true }).fill('Mine.')
  await page.getByRole('button', { name: 'Keep my version' }).click()
  await saved(page)
  await page.reload()
  await expect(page.getByLabel('Text', { exact: true })).toHaveValue('Mine.')
})

test('leaving with changes that are not saved asks first', async ({ page }) => {
  await signUp(page, newPerson('Leaver'))
  await writeDraft(page, { title: 'Out there', body: 'Public text.' })
  await page.getByRole('button', { name: 'Publish' }).click()
  await expect(
    page.getByRole('heading', { level: 1, name: 'Out there', exact: true }),
  ).toBeVisible()
  await page.getByRole('link', { name: /Edit/ }).first().click()
  await hydrated(page)
  await page.getByLabel('Text', { exact: true }).fill('Changed, not yet public.')
  await page.getByRole('link', { name: 'Tags' }).click()
  await expect(page.getByRole('alertdialog')).toBeVisible()
  await page.getByRole('button', { name: 'Stay here' }).click()
  await expect(page.getByLabel('Text', { exact: true })).toHaveValue('Changed, not yet public.')
})
