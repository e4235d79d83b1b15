import { expect, type Page, test } from '@playwright/test'
import { hydrated, newPerson, signedOutPage, signUp } from '../steps.ts'
import { callerOf } from './addresses.ts'
import { writeDraft } from './drafts.ts'

test('the count goes up as something happens and down when it is read; what is chosen stays', async ({
  page,
  browser,
}) => {
  const author = newPerson('Nora')
  await signUp(page, author)
  const title = `Told ${crypto.randomUUID().slice(0, 8)}`
  await writeDraft(page, { title, body: 'Something to answer.' })
  const [articleId = ''] = /[0-9a-f-]{36}$/.exec(page.url()) ?? []
  await page.getByRole('button', { name: 'Publish' }).click()
  await expect(page).toHaveURL(/\/articles\//)
  await page.goto('/settings')
  await hydrated(page)
  await expect(bell(page, 'Notifications')).toBeVisible()

  const reader = newPerson('Rex')
  const other = await signedOutPage(browser)
  await signUp(other, reader)
  const call = callerOf(other.request, new URL(other.url()).origin)
  const { id: commentId } = await call('comments.create', { articleId, body: 'So it is.' })
  await expectUnread(page, 1)
  await bell(page, 'Notifications, 1 unread').click()
  const list = page.getByRole('list', { name: 'Notifications' })
  await list.getByRole('link', { name: `${reader.name} commented on “${title}”.` }).click()
  await expect(page).toHaveURL(new RegExp(`/articles/.*#comment-${commentId}$`))
  await expect(bell(page, 'Notifications')).toBeVisible()

  await page.goto('/notifications')
  await hydrated(page)
  await call('follows.create', { username: author.username })
  await expectUnread(page, 1)
  await expect(
    list.getByRole('link', { name: `Unread: ${reader.name} follows you.` }),
  ).toBeVisible()
  await page.getByRole('button', { name: 'Mark all as read' }).click()
  await expect(bell(page, 'Notifications')).toBeVisible()
  await page.getByRole('link', { name: 'Unread', exact: true }).click()
  await expect(page.getByText('Nothing is unread')).toBeVisible()

  await page.getByRole('link', { name: 'Choose your notifications' }).click()
  await hydrated(page)
  const follows = page.getByRole('group', { name: 'Somebody follows you' })
  await follows.getByLabel('By e-mail').selectOption('In a weekly digest')
  await follows.getByLabel('In the app').uncheck()
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('Your choice is saved.')).toBeVisible()
  await page.reload()
  await expect(follows.getByLabel('By e-mail')).toHaveValue('weekly')
  await expect(follows.getByLabel('In the app')).not.toBeChecked()
  await other.context().close()
})

test('a tag can be followed, is found again, and left', async ({ page }) => {
  await signUp(page, newPerson('Tom'))
  await page.goto('/tags/typography')
  await hydrated(page)
  await page.getByRole('button', { name: 'Follow this tag' }).click()
  await expect(page.getByRole('button', { name: 'Following this tag' })).toBeVisible()
  await page.goto('/feed')
  await hydrated(page)
  await page
    .getByRole('list', { name: 'Tags you follow' })
    .getByRole('link', { name: 'typography' })
    .click()
  await page.getByRole('button', { name: 'Following this tag' }).click()
  await expect(page.getByRole('button', { name: 'Follow this tag' })).toBeVisible()
})

const bell = (page: Page, name: string) =>
  page.getByRole('banner').getByRole('link', { name, exact: true })

/** Told live, or counted again when the page is looked at: what happens before the stream is open is not told. */
const expectUnread = (page: Page, count: number) =>
  expect(async () => {
    await page.evaluate(() => window.dispatchEvent(new Event('visibilitychange')))
    await expect(bell(page, `Notifications, ${count} unread`)).toBeVisible({ timeout: 2000 })
  }).toPass()
