import { expect, test } from '@playwright/test'
import { newPerson, signIn, signOut, signUpByForms } from './steps.ts'

test('sign up, confirm the address by mail, sign in, sign out, sign in again', async ({ page }) => {
  const person = newPerson('Newcomer')
  await signUpByForms(page, person)
  await page.goto('/settings')
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue(person.name)
  await signOut(page)
  // Kept by the server for all who are signed out; a browser must not show it to who signs in.
  for (let visit = 0; visit < 2; visit += 1) await page.goto('/')
  await signIn(page, person)
  await expect(page.getByRole('button', { name: `Account of ${person.name}` })).toBeVisible()
})
