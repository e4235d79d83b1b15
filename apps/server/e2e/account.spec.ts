import { expect, type Page, test } from '@playwright/test'
import { Secret, TOTP } from 'otpauth'
import { demoAccounts } from '../dev/seed/people.ts'
import {
  fillSignIn,
  fillSignUp,
  hydrated,
  linkTo,
  newPerson,
  type Person,
  signedIn,
  signedOutPage,
  signIn,
  signOut,
  signUp,
} from './steps.ts'

const open = async (page: Page, address: string) => {
  await page.goto(address)
  await hydrated(page)
}

/** The code of this half minute, or the next one when this was used: the server takes one step of drift. */
function codeOf(secret: string, step = 0) {
  const totp = new TOTP({ secret: Secret.fromBase32(secret) })
  return totp.generate({ timestamp: Date.now() + step * 30_000 })
}

async function turnOnTotp(page: Page) {
  await open(page, '/settings/security')
  await page.getByRole('button', { name: 'Set it up' }).click()
  await expect(page.getByRole('img', { name: /^QR code/ })).toBeVisible()
  const secret = (await page.getByText('Or enter the secret').locator('code').textContent()) ?? ''
  await page.getByLabel('Code').fill(codeOf(secret))
  await page.getByRole('button', { name: 'Turn it on' }).click()
  const codes = page.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem')
  await expect(codes).toHaveCount(10)
  const recoveryCodes = await codes.allTextContents()
  await page.getByRole('button', { name: 'I have saved them' }).click()
  await expect(page.getByText('10 recovery codes are left.')).toBeVisible()
  return { secret, recoveryCodes }
}

test('sign up, confirm, turn the second factor on, sign in with a code, sign the other device out', async ({
  page,
  browser,
}) => {
  const person = newPerson('Factor')
  await signUp(page, person)
  const { secret, recoveryCodes } = await turnOnTotp(page)

  await signOut(page)
  await fillSignIn(page, person)
  await expect(page.getByRole('heading', { level: 1, name: 'Second factor' })).toBeVisible()
  await page.getByLabel('Code').fill('000000')
  await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByText('The code is wrong or was already used.')).toBeVisible()
  await page.getByLabel('Code').fill(codeOf(secret, 1))
  await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click()
  await signedIn(page)

  const other = await signedOutPage(browser)
  await fillSignIn(other, person)
  await other.getByLabel('Code').fill(recoveryCodes[0] ?? '')
  await other.getByRole('main').getByRole('button', { name: 'Sign in' }).click()
  await signedIn(other)

  await open(page, '/settings/security')
  await expect(page.getByText('9 recovery codes are left.')).toBeVisible()
  const devices = page.getByRole('region', { name: 'Devices' }).getByRole('listitem')
  await expect(devices).toHaveCount(2)
  await expect(devices.filter({ hasText: 'This device' })).toHaveCount(1)
  await devices.getByRole('button', { name: /^Sign out/ }).click()
  await expect(devices).toHaveCount(1)
  await other.goto('/settings')
  await expect(other.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible()
})

test('what changes the sign-in methods asks for the password when the sign-in is old, then goes on by itself', async ({
  page,
}) => {
  const person = newPerson('Careful')
  await signUp(page, person)
  await open(page, '/settings/security')
  // Stands in for ten minutes of waiting: the first call is refused as the server would refuse it then.
  await page.route('**/trpc/credentials.startTotp*', (route) => route.fulfill(refusal), {
    times: 1,
  })
  await page.getByRole('button', { name: 'Set it up' }).click()
  const dialog = page.getByRole('dialog', { name: 'Confirm that it is you' })
  await expect(dialog.getByLabel('Your password')).toBeFocused()
  await dialog.getByLabel('Your password').fill('a wrong password')
  await dialog.getByRole('button', { name: 'Confirm' }).click()
  await expect(dialog.getByText('The password is wrong.')).toBeVisible()
  await dialog.getByLabel('Your password').fill(person.password)
  await dialog.getByRole('button', { name: 'Confirm' }).click()
  await expect(page.getByRole('img', { name: /^QR code/ })).toBeVisible()
  await expect(dialog).toHaveCount(0)
})

const refusal = {
  status: 403,
  json: [
    {
      error: {
        code: -32003,
        message: 'Confirm that it is you first.',
        data: {
          code: 'FORBIDDEN',
          httpStatus: 403,
          path: 'credentials.startTotp',
          reason: 'session/step-up-required',
          fields: [],
          requestId: 'none',
        },
      },
    },
  ],
}

test('before the address is confirmed nobody gets in, and the mail comes again', async ({
  page,
}) => {
  const person = newPerson('Waiting')
  await fillSignUp(page, person)
  await expect(page.getByRole('heading', { level: 1, name: 'Check your mail' })).toBeVisible()
  await fillSignIn(page, person)
  await expect(page.getByText(/Follow the link in the mail/)).toBeVisible()
  await page.getByRole('button', { name: 'Send the mail again' }).click()
  await expect(page.getByText('A mail is sent every ten minutes at most.')).toBeVisible()
})

test('a forgotten password is replaced by the mailed link, once', async ({ page, browser }) => {
  const person = newPerson('Forgetful')
  await signUp(page, person)
  const visitor = await signedOutPage(browser)
  await open(visitor, '/forgot-password')
  await visitor.getByLabel('E-mail address').fill(person.email)
  await visitor.getByRole('button', { name: 'Send me a link' }).click()
  await expect(visitor.getByText('Check your mail.')).toBeVisible()

  const link = await linkTo(person.email, '/reset-password')
  await open(visitor, link)
  await expect(visitor).toHaveURL(/\/reset-password$/)
  await expect(visitor.locator('meta[name="referrer"]')).toHaveAttribute('content', 'no-referrer')
  const changed: Person = { ...person, password: 'a quite different password' }
  await visitor.getByLabel('New password').fill(changed.password)
  await visitor.getByRole('button', { name: 'Change the password' }).click()
  await expect(visitor.getByText('Your password is changed.')).toBeVisible()

  await page.goto('/settings')
  await expect(page.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible()
  await fillSignIn(page, person)
  await expect(page.getByText('The e-mail address or the password is wrong.')).toBeVisible()
  await signIn(page, changed)

  await open(visitor, link)
  await visitor.getByLabel('New password').fill('yet another password')
  await visitor.getByRole('button', { name: 'Change the password' }).click()
  await expect(visitor.getByText('This link has already been used.')).toBeVisible()
})

test('the e-mail address changes when the new one is confirmed', async ({ page }) => {
  const person = newPerson('Mover')
  await signUp(page, person)
  const email = `new-${person.email}`
  await open(page, '/settings/account')
  await page.getByLabel('New e-mail address').fill(email)
  await page.getByRole('button', { name: 'Change the address' }).click()
  await expect(page.getByText(`A mail is on its way to ${email}.`)).toBeVisible()
  await open(page, await linkTo(email, '/confirm-email'))
  await page.getByRole('button', { name: 'Use this address' }).click()
  await expect(page.getByText(`Your address is now ${email}.`)).toBeVisible()
  await signIn(await signedOutPage(page.context().browser() ?? fail()), { ...person, email })
})

test('a token is shown once, and refused after it is deleted', async ({ page, request }) => {
  const person = newPerson('Scripter')
  await signUp(page, person)
  await open(page, '/settings/tokens')
  await page.getByRole('button', { name: 'Create the token' }).click()
  await expect(page.getByText('Choose at least one.')).toBeVisible()
  await page.getByLabel('Name', { exact: true }).fill('Backup')
  await page.getByLabel('Read your profile').check()
  await page.getByRole('button', { name: 'Create the token' }).click()
  const token = (await page.getByText(/^gly_\w{20,}$/).textContent()) ?? ''
  const ask = () =>
    request.get('/trpc/sessions.current', { headers: { authorization: `Bearer ${token}` } })
  expect(await (await ask()).text()).toContain(person.username)

  await open(page, '/settings/tokens')
  await expect(page.getByText(token)).toHaveCount(0)
  await page.getByRole('button', { name: 'Delete Backup' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click()
  await expect(page.getByText('The token is deleted.')).toBeVisible()
  expect((await ask()).status()).toBe(401)
})

test('an admin finds a person, gives a role, suspends and restores them; others have no such page', async ({
  page,
  browser,
}) => {
  const person = newPerson('Member')
  const member = await signedOutPage(browser)
  await signUp(member, person)
  expect((await member.goto('/admin/people'))?.status()).toBe(404)

  await signIn(page, demoAccounts.find(({ email }) => email.startsWith('mira')) ?? fail())
  await open(page, `/admin/people?query=${person.username}`)
  const people = page.getByRole('list', { name: 'People' }).getByRole('listitem')
  await expect(people).toHaveCount(1)
  await people.getByText(/^Manage/).click()
  await people.getByLabel(/^Role of/).selectOption('editor')
  await people.getByRole('button', { name: 'Set role' }).click()
  await expect(page.getByText(`The role of ${person.name} is now editor.`)).toBeVisible()

  await people.getByRole('button', { name: 'Suspend' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Suspend' }).click()
  await expect(dialog.getByText('Say why.')).toBeVisible()
  await dialog.getByLabel('Reason').fill('Spam')
  await dialog.getByRole('button', { name: 'Suspend' }).click()
  await expect(people.getByText('suspended')).toBeVisible()
  await signIn(member, person)
  await expect(member.getByText('Your account is suspended')).toBeVisible()

  await people.getByRole('button', { name: 'Restore' }).click()
  await expect(page.getByText(`${person.name} can write again.`)).toBeVisible()

  await open(page, '/admin/audit?action=user.suspended')
  const entries = page.getByRole('list', { name: 'Audit log' }).getByRole('listitem')
  await expect(entries.first()).toContainText(/suspended @.+: .*Spam/)
  await entries
    .first()
    .getByText(/^Details/)
    .click()
  await expect(entries.first()).toContainText('Spam')
})

test('an admin renders all texts again and sees how it goes', async ({ page }) => {
  // The texts of all other tests are among them.
  test.slow()
  await signIn(page, demoAccounts.find(({ email }) => email.startsWith('mira')) ?? fail())
  await open(page, '/admin/jobs')
  await page.getByRole('button', { name: 'Render all texts again' }).click()
  await expect(page).toHaveURL(/\?job=/)
  await expect(page.getByText('Done.')).toBeVisible({ timeout: 150_000 })
})

function fail(): never {
  throw new Error('Not there')
}

test('who comes back to a page of the settings is where they were on it', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 500 })
  await signUp(page, newPerson('Returning'))
  await open(page, '/settings/notifications')
  await page.evaluate(() => window.scrollTo(0, 600))
  const address = page.getByRole('contentinfo').getByRole('link').first()
  await address.evaluate((link: HTMLElement) => link.click())
  await expect(page).toHaveURL('/')
  await page.goBack()
  const current = page.getByRole('navigation', { name: 'Settings' }).locator('[aria-current]')
  await expect(current).toHaveText('Notifications')
  // In the row that scrolls sideways, it is in view all the same.
  await expect
    .poll(() => current.evaluate((link) => link.getBoundingClientRect().left))
    .toBeLessThan(390)
  await expect.poll(() => page.evaluate(() => window.scrollY)).toBe(600)
})
