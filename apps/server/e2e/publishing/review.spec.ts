import { expect, type Page, test } from '@playwright/test'
import { demoAccounts } from '../../dev/seed/people.ts'
import { expectAccessible } from '../axe.ts'
import { forgetCookies, hydrated, newPerson, signIn, signUp } from '../steps.ts'
import { callerOf } from './addresses.ts'
import { saved, writeDraft } from './drafts.ts'

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })

test('a review round: asked for, sent back with a reason, asked for again, approved', async ({
  page,
}) => {
  const author = newPerson('Asking')
  const [editor] = demoAccounts
  if (!editor) throw new Error('There is no demo account')
  await signUp(page, author)
  await writeDraft(page, { title: 'Under review', body: 'A first text.' })
  const address = page.url()
  await button(page, 'Ask for a review…').click()
  await page.getByLabel('A note for the editors').fill('Is it long enough?')
  await expectAccessible(page)
  await button(page, 'Ask for a review').click()
  await expect(page.getByText('In review', { exact: true })).toBeVisible()
  await expect(page.getByText('Is it long enough?')).toBeVisible()

  await forgetCookies(page)
  await signIn(page, editor)
  await page.goto(`/admin/drafts?status=in_review&author=${author.username}`)
  await hydrated(page)
  await page.getByRole('link', { name: 'Under review', exact: true }).click()
  await hydrated(page)
  await page.getByLabel('Add a note').fill('Almost.')
  await button(page, 'Add the note').click()
  await expect(page.getByText('Almost.', { exact: true })).toBeVisible()
  await button(page, 'Send back…').click()
  await page.getByLabel('Reason').fill('Add an ending.')
  await button(page, 'Send it back').click()
  await expect(page.getByText('Draft', { exact: true })).toBeVisible()

  await forgetCookies(page)
  await signIn(page, author)
  await page.goto('/me/articles')
  await expect(page.getByText('Sent back')).toBeVisible()
  await page.goto(address)
  await hydrated(page)
  await expect(page.getByText('An editor sent the article back')).toBeVisible()
  await expectAccessible(page)
  await page.getByLabel('Text', { exact: true }).fill('A first text, and an ending.')
  await saved(page)
  await button(page, 'Ask for a review…').click()
  await button(page, 'Ask for a review').click()
  await expect(page.getByText('In review', { exact: true })).toBeVisible()

  await forgetCookies(page)
  await signIn(page, editor)
  await page.goto(address)
  await hydrated(page)
  await button(page, 'Approve').click()
  await expect(page.getByRole('heading', { level: 1, name: 'Under review' })).toBeVisible()
  await expect(page.getByText('and an ending').first()).toBeVisible()
})

test('a time is chosen, told of, and kept; the article is then published by itself', async ({
  page,
}) => {
  await signUp(page, newPerson('Punctual'))
  await writeDraft(page, { title: 'On time', body: 'A text.' })
  await button(page, 'Schedule…').click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Time zone').selectOption('Europe/Berlin')
  const time = dialog.getByLabel('Date and time')
  await time.fill('2040-03-25T02:30')
  await expect(dialog.getByText('This time is left out on that day')).toBeVisible()
  await expect(dialog.getByText(/25 March 2040 at 03:30, UTC\+02:00/)).toBeVisible()
  await time.fill('2040-10-28T02:30')
  await expectAccessible(page)
  await dialog.getByLabel('This time comes twice').selectOption('second')
  await expect(dialog.getByText(/UTC\+01:00/).last()).toBeVisible()
  await time.fill('2020-01-01T00:00')
  await button(page, 'Schedule').click()
  await expect(dialog.getByText('Must be in the future.')).toBeVisible()
  await time.fill('2040-10-28T08:00')
  await button(page, 'Schedule').click()
  await expect(page.getByText('Scheduled', { exact: true })).toBeVisible()
  await expect(page.getByText(/Will be published on 28 October 2040 at 08:00/)).toBeVisible()
  await page.reload()
  await expect(page.getByText(/\(Europe\/Berlin\)/)).toBeVisible()

  // A field to the minute cannot say "in two seconds": the page's own call does.
  const id = new URL(page.url()).pathname.split('/').at(-1)
  const at = new Date(Date.now() + 2_000).toISOString()
  const input = { id, version: 'any', action: 'publish', at, zone: 'Europe/Berlin' }
  await callerOf(page.request, new URL(page.url()).origin)('articles.schedule', input)
  await expect(async () => {
    await page.goto('/me/articles?show=published')
    const published = page.getByRole('link', { name: 'On time', exact: true })
    // A page that came too early is loaded again.
    await expect(published).toBeVisible({ timeout: 1000 })
  }).toPass({ timeout: 30_000 })
})

test('what is deleted by mistake comes back from the trash', async ({ page }) => {
  await signUp(page, newPerson('Hasty'))
  await writeDraft(page, { title: 'Not that one', body: 'A text.' })
  await button(page, 'Delete this article').click()
  await button(page, 'Delete').click()
  await expect(page).toHaveURL(/\/me\/articles$/)
  await expect(page.getByText('Not that one')).toHaveCount(0)
  await page.getByRole('link', { name: 'Trash', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Not that one' })).toBeVisible()
  await expectAccessible(page)
  await button(page, 'Restore Not that one').click()
  await expect(page.getByText('The trash is empty')).toBeVisible()
  await page.getByRole('link', { name: 'Drafts', exact: true }).click()
  await expect(page.getByRole('link', { name: 'Not that one', exact: true })).toBeVisible()
})
