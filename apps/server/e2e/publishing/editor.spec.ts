import { expect, type Page, test } from '@playwright/test'
import { demoAccounts } from '../../dev/seed/people.ts'
import { hydrated, newPerson, signIn, signUp } from '../steps.ts'
import { bodyField, openEditor, saved, writeDraft } from './drafts.ts'

const focusedPlace = (page: Page) =>
  page.evaluate(() => document.activeElement?.closest('section, main')?.id)

test('publishing too early says what is missing, and what is saved counts as saved', async ({
  page,
}) => {
  await signUp(page, newPerson('Hasty'))
  await page.goto('/editor/new')
  await hydrated(page)
  await page.getByRole('button', { name: 'Publish' }).click()
  await expect(page.getByText('The article was not published.')).toBeVisible()
  await expect(page.getByLabel('Title')).toBeFocused()
  await expect(page.getByLabel('Title')).toHaveAttribute('aria-invalid', 'true')

  await page.getByLabel('Title').fill('Only a title')
  await page.getByRole('button', { name: 'Publish' }).click()
  await expect(bodyField(page)).toBeFocused()
  await saved(page)
  await expect(page.getByText('Not saved')).toHaveCount(0)

  await bodyField(page).fill('And a text.')
  await page.getByRole('button', { name: 'Publish' }).click()
  await expect(
    page.getByRole('heading', { level: 1, name: 'Only a title', exact: true }),
  ).toBeVisible()
})

test('who leaves while a new article is saved for the first time gets where they wanted', async ({
  page,
}) => {
  await signUp(page, newPerson('Leaver'))
  const answer = Promise.withResolvers<void>()
  await page.route('**/trpc/articles.create*', async (route) => {
    await answer.promise
    await route.continue()
  })
  await page.goto('/editor/new')
  await hydrated(page)
  await page.getByLabel('Title').fill('Left at once')
  const asked = page.waitForRequest('**/trpc/articles.create*')
  await page.getByRole('banner').getByRole('link', { name: 'Tags' }).click()
  await asked
  answer.resolve()
  await expect(page.getByRole('heading', { level: 1, name: 'Tags' })).toBeVisible()
  await expect(page).toHaveURL('/tags')
  await page.goBack()
  await expect(page.getByLabel('Title')).toHaveValue('Left at once')
})

test('unpublishing asks first', async ({ page }) => {
  await signUp(page, newPerson('Regretful'))
  await writeDraft(page, { title: 'Out and back', body: 'Text.' })
  const address = page.url()
  await page.getByRole('button', { name: 'Publish' }).click()
  await expect(
    page.getByRole('heading', { level: 1, name: 'Out and back', exact: true }),
  ).toBeVisible()
  await page.goto(address)
  await hydrated(page)
  await page.getByRole('button', { name: 'Unpublish' }).click()
  await page.getByRole('button', { name: 'Keep it published' }).click()
  await expect(page.getByText('Published', { exact: true })).toBeVisible()
  await page.getByRole('button', { name: 'Unpublish' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Unpublish' }).click()
  await expect(page.getByText('Draft', { exact: true })).toBeVisible()
})

test('what went wrong is in view wherever one writes, and Ctrl+S leads to it', async ({
  page,
  context,
  browser,
}) => {
  await signUp(page, newPerson('Scroller'))
  const body = Array.from({ length: 120 }, (_, line) => `Paragraph ${line}.`).join('\n\n')
  await writeDraft(page, { title: 'A long one', body })
  const elsewhere = await browser.newContext()
  const other = await elsewhere.newPage()
  const [editor] = demoAccounts
  if (!editor) throw new Error('There is no demo account')
  await signIn(other, editor)
  await openEditor(other, page.url())

  await page.setViewportSize({ width: 1280, height: 700 })
  await context.setOffline(true)
  await bodyField(page).press('Control+End')
  await bodyField(page).pressSequentially(' At the end.')
  await expect(page.getByText('Offline, kept on this device')).toBeVisible()
  await bodyField(other).press('Control+End')
  await bodyField(other).pressSequentially(' From elsewhere.')
  await saved(other)
  await context.setOffline(false)
  const notice = page.getByRole('alert').filter({ hasText: 'has changed the same as you' })
  await expect(notice).toBeInViewport({ ratio: 1 })
  await expect(bodyField(page)).toBeFocused()
  await bodyField(page).press('Control+s')
  await expect(notice).toBeFocused()
  await elsewhere.close()
})

test('half a comment is not lost without a question, and a deleted one leaves the keyboard in place', async ({
  page,
}) => {
  await signUp(page, newPerson('Commenter'))
  await page.goto('/articles/plant-the-tree-small')
  await hydrated(page)
  const field = page.getByLabel('Add a comment')
  await field.fill('Half a thought')
  await page.getByRole('banner').getByRole('link', { name: 'Tags' }).click()
  await page.getByRole('button', { name: 'Stay here' }).click()
  await expect(field).toHaveValue('Half a thought')
  await page.getByRole('button', { name: 'Publish comment' }).click()

  const mine = page.getByRole('listitem').filter({ hasText: 'Commenter' })
  await expect(mine).toContainText('Half a thought')
  await mine.getByRole('button', { name: /^Edit/ }).click()
  await mine.getByRole('button', { name: 'Save' }).click()
  await expect(mine.getByRole('button', { name: /^Edit/ })).toBeVisible()
  await expect(mine.getByText('edited')).toHaveCount(0)
  await mine.getByRole('button', { name: /^Delete/ }).press('Enter')
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).press('Enter')
  await expect(mine).toHaveCount(0)
  await expect.poll(() => focusedPlace(page)).toBe('comments')

  await page.getByRole('banner').getByRole('link', { name: 'Tags' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Tags' })).toBeVisible()
})

test('the preview follows the caret', async ({ page }) => {
  await signUp(page, newPerson('Follower'))
  const body = Array.from({ length: 60 }, (_, line) => `Paragraph *number* ${line}.`).join('\n\n')
  await page.setViewportSize({ width: 1280, height: 700 })
  await writeDraft(page, { title: 'Two columns', body })
  const shown = (line: number) =>
    page.getByRole('region', { name: 'Preview' }).getByText(`Paragraph number ${line}.`)
  await expect(shown(59)).toBeInViewport()
  await bodyField(page).press('Control+Home')
  await expect(shown(0)).toBeInViewport()
  await expect(shown(59)).not.toBeInViewport()
  for (let line = 0; line < 60; line++) await bodyField(page).press('ArrowDown')
  await expect(shown(30)).toBeInViewport()
})
