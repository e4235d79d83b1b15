import { expect, test } from '@playwright/test'
import { newPerson, signIn, signOut, signUp } from './steps.ts'

test('sign up, confirm the address by mail, sign in, sign out, sign in again', async ({ page }) => {
  const person = newPerson('Newcomer')
  await signUp(page, person)
  await page.goto('/settings')
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue(person.name)
  await signOut(page)
  await signIn(page, person)
  await expect(page.getByRole('button', { name: `Account of ${person.name}` })).toBeVisible()
})
