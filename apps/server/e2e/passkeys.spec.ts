import { expect, test, type Page } from '@playwright/test'
import { forgetCookies, hydrated, linkTo, newPerson, signIn, signUp } from './steps.ts'

/** A security chip in the browser, which touches itself; `verifies` says whether it asks for a finger or a PIN. */
async function plugIn(page: Page, { verifies }: { verifies: boolean }) {
  const client = await page.context().newCDPSession(page)
  await client.send('WebAuthn.enable')
  const { authenticatorId } = await client.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: verifies,
      automaticPresenceSimulation: true,
    },
  })
  return {
    keys: async () =>
      (await client.send('WebAuthn.getCredentials', { authenticatorId })).credentials,
    verify: (verified: boolean) =>
      client.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: verified }),
  }
}

async function addPasskey(page: Page, name: string) {
  await page.goto('/settings/security')
  await hydrated(page)
  await page.getByLabel('Name of the new passkey').fill(name)
  await page.getByRole('button', { name: 'Add a passkey' }).click()
}

/** A toast says it for the eye and, apart, for screen readers. */
const expectToast = (page: Page, text: string) =>
  expect(page.getByRole('region', { name: 'Status messages' }).getByText(text)).toBeVisible()

async function signInByPasskey(page: Page) {
  await forgetCookies(page)
  await page.goto('/sign-in')
  await hydrated(page)
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
}

test('a passkey is made in the settings, signs in without a word typed, and is deleted', async ({
  page,
}) => {
  const person = newPerson('Keyholder')
  await signUp(page, person)
  const chip = await plugIn(page, { verifies: true })

  await addPasskey(page, 'Chip of this laptop')
  await expect(page.getByText('Never used')).toBeVisible()
  const [key] = await chip.keys()
  expect(key).toMatchObject({ isResidentCredential: true, rpId: 'localhost' })

  await signInByPasskey(page)
  await expect(page.getByRole('button', { name: `Account of ${person.name}` })).toBeVisible()

  await page.goto('/settings/security')
  await hydrated(page)
  await expect(page.getByText('Never used')).toBeHidden()
  await page.getByRole('button', { name: 'Delete Chip of this laptop' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click()
  // The page behind the question is hidden anyway.
  await expectToast(page, 'The passkey is deleted.')
  await expect(page.getByRole('button', { name: 'Delete Chip of this laptop' })).toBeHidden()

  await signInByPasskey(page)
  await expectToast(page, 'This passkey could not be used here.')
  await expect(page.getByRole('button', { name: /^Account of/ })).toBeHidden()
})

test('after a reset the person looks through what signed in before it', async ({ page }) => {
  const person = newPerson('Reviewer')
  await signUp(page, person)
  await plugIn(page, { verifies: true })
  await addPasskey(page, 'Of long ago')
  await expect(page.getByText('Never used')).toBeVisible()

  await page.goto('/forgot-password')
  await hydrated(page)
  await page.getByLabel('E-mail address').fill(person.email)
  await page.getByRole('button', { name: 'Send me a link' }).click()
  await page.goto(await linkTo(person.email, '/reset-password'))
  await hydrated(page)
  const changed = { ...person, password: 'a quite different password' }
  await page.getByLabel('New password').fill(changed.password)
  await page.getByRole('button', { name: 'Change the password' }).click()
  await expect(page.getByText('Your password is changed.')).toBeVisible()
  await signIn(page, changed)

  await page.getByRole('link', { name: 'Check your other sign-in methods' }).click()
  const review = page.getByRole('region', { name: 'Check these sign-in methods' })
  await expect(review.getByRole('listitem')).toHaveText([/Of long ago/])
  await hydrated(page)
  await review.getByRole('button', { name: 'Delete Of long ago' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click()
  await expect(review.getByText('Nothing from before the reset is left.')).toBeVisible()
  await review.getByRole('button', { name: 'Done' }).click()
  await expect(review).toBeHidden()
  await expect(page.getByText('Your password was reset.')).toBeHidden()
})

test('a device makes no second passkey for the same account', async ({ page }) => {
  await signUp(page, newPerson('Twice'))
  const chip = await plugIn(page, { verifies: true })
  await addPasskey(page, 'First')
  await expect(page.getByText('Never used')).toBeVisible()
  await addPasskey(page, 'Second')
  await expect(page.getByText('This device already has a passkey for your account.')).toBeVisible()
  expect(await chip.keys()).toHaveLength(1)
})

test('AU11: a device that does not verify its person neither makes a passkey nor signs in with one', async ({
  page,
}) => {
  const person = newPerson('Unverified')
  await signUp(page, person)
  const chip = await plugIn(page, { verifies: false })
  await addPasskey(page, 'Lost and found')
  await expect(page.getByText('No passkey was chosen, or it took too long.')).toBeVisible()
  expect(await chip.keys()).toHaveLength(0)

  await chip.verify(true)
  await addPasskey(page, 'Mine')
  await expect(page.getByText('Never used')).toBeVisible()
  await chip.verify(false)
  await signInByPasskey(page)
  await expectToast(page, 'No passkey was chosen, or it took too long.')
  await expect(page.getByRole('button', { name: /^Account of/ })).toBeHidden()
})
