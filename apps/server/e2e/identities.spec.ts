import { expect, type Page, test } from '@playwright/test'
import { demoPassword, emailOf } from '../dev/seed/people.ts'
import { hydrated, signedIn, signedOutPage, signIn, signOut } from './steps.ts'

/** From the button here to the page of the provider, and back by what is chosen there; it asks only once. */
async function continueWithCompany(page: Page, choice?: string) {
  await page.goto('/sign-in?next=/settings/connections')
  await hydrated(page)
  await page.getByRole('button', { name: 'Continue with Company' }).click()
  if (choice !== undefined) await page.getByRole('button', { name: choice }).click()
}

const row = (page: Page) =>
  page.getByRole('region', { name: 'Connected accounts' }).getByRole('listitem')

test('a company account signs in: it makes an account the first time, and opens it the next', async ({
  page,
  browser,
}) => {
  await continueWithCompany(page, 'Decline')
  await expect(page.getByText('The sign-in was cancelled at the provider.')).toBeVisible()

  await continueWithCompany(page, 'Sign in as ada')
  await expect(page).toHaveURL('/settings/connections')
  await expect(page.getByRole('button', { name: 'Account of Ada Company' })).toBeVisible()
  await expect(row(page)).toHaveCount(1)

  const elsewhere = await signedOutPage(browser)
  await continueWithCompany(elsewhere, 'Sign in as ada')
  await expect(elsewhere.getByRole('button', { name: 'Account of Ada Company' })).toBeVisible()
})

test('an account with the same address is connected by its owner, and disconnected again', async ({
  page,
}) => {
  const hana = { email: emailOf('hana-yusuf'), password: demoPassword }
  await continueWithCompany(page, 'Sign in as hana')
  await expect(page.getByText('There is an account with this e-mail address.')).toBeVisible()

  await signIn(page, hana)
  await page.goto('/settings/connections')
  await hydrated(page)
  await page.getByRole('button', { name: 'Connect Company' }).click()
  await expect(row(page)).toHaveCount(1)

  await signOut(page)
  await continueWithCompany(page)
  await signedIn(page)
  await hydrated(page)
  await row(page)
    .getByRole('button', { name: /Disconnect/ })
    .click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Disconnect' }).click()
  await expect(row(page)).toHaveCount(0)
  await expect(page.getByRole('button', { name: 'Connect Company' })).toBeVisible()
})
