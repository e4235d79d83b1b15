import { expect, test } from '@playwright/test'
import { demoAccounts } from '../dev/seed/people.ts'
import { hydrated, linkTo, newPerson, signIn, signedIn } from './steps.ts'

test('an admin invites somebody by mail, who joins with the role that was offered', async ({
  page,
  browser,
}) => {
  const admin = demoAccounts.find(({ role }) => role === 'admin')
  if (!admin) throw new Error('The seed has no admin')
  const guest = newPerson('guest')
  await signIn(page, admin)
  await page.goto('/admin/invitations')
  await hydrated(page)
  const invite = page.locator('form', { has: page.getByRole('button', { name: 'Invite' }) })
  await invite.getByLabel('E-mail address').fill(guest.email)
  await invite.getByLabel('Role').selectOption('editor')
  await invite.getByRole('button', { name: 'Invite' }).click()
  await expect(page.getByRole('list', { name: 'Open invitations' })).toContainText(guest.email)

  const own = await browser.newPage()
  await own.goto(await linkTo(guest.email, '/invitation'))
  await expect(own.getByLabel('E-mail address')).toHaveValue(guest.email)
  await hydrated(own)
  expect(own.url()).not.toContain('token')
  await own.getByLabel('Name', { exact: true }).fill(guest.name)
  await own.getByLabel('Username').fill(guest.username)
  await own.getByLabel('Password').fill(guest.password)
  await own.getByRole('button', { name: 'Create account' }).click()
  await expect(own.getByText('Your account is ready.')).toBeVisible()
  await signIn(own, guest)
  await signedIn(own)
  await own.getByRole('button', { name: /^Account of/ }).click()
  await expect(own.getByRole('link', { name: 'Administration' })).toBeVisible()
  await own.close()
})
