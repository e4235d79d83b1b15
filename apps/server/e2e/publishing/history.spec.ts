import { expect, test } from '@playwright/test'
import { demoAccounts } from '../../dev/seed/people.ts'
import { hydrated, newPerson, signIn, signUp } from '../steps.ts'
import { bodyField, expectBody, saved, writeDraft } from './drafts.ts'
import { expectPageAccessible } from '../axe.ts'

test('an earlier text is found in the history, compared and restored', async ({ page }) => {
  await signUp(page, newPerson('Historian'))
  await writeDraft(page, {
    title: 'Many lives',
    body: 'A first text of more than twenty words, so that deleting it is a change of its own and not one with what was there before it.',
  })
  await bodyField(page).fill('All gone.')
  await saved(page)
  await page.getByRole('link', { name: 'History', exact: true }).click()
  await hydrated(page)
  await expect(page.getByRole('list', { name: 'Revisions' }).getByRole('listitem')).toHaveCount(2)
  await page
    .getByRole('link', { name: /What it changed/ })
    .first()
    .click()
  const changes = page.getByRole('region', { name: 'What changed' })
  await expect(changes.getByRole('insertion')).toHaveText('All gone.')
  await changes.getByRole('link', { name: 'Markdown' }).click()
  await expect(changes.getByRole('deletion')).toHaveText(/A first text/)
  await page.getByRole('button', { name: /^Restore version/ }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Restore' }).click()
  await expect(page.getByRole('list', { name: 'Revisions' }).getByRole('listitem')).toHaveCount(3)
  await page.getByRole('link', { name: 'Back to the editor' }).click()
  await expectBody(page).toMatch(/A first text/)
})

test('axe finds nothing serious in a history of two people', async ({ page }) => {
  test.setTimeout(90_000)
  const [account] = demoAccounts
  if (!account) throw new Error('There is no demo account')
  await signIn(page, account)
  await page.goto('/articles/how-long-a-line-wants-to-be')
  await hydrated(page)
  await page.getByRole('link', { name: /Edit/ }).first().click()
  await page.getByRole('link', { name: 'History', exact: true }).click()
  await expect(page.getByText('Checked the measurements.')).toBeVisible()
  const history = new URL(page.url()).pathname
  await page.getByRole('link', { name: /What it changed.*version 2/ }).click()
  await expect(page.getByRole('region', { name: 'What changed' })).toBeVisible()
  const compared = new URL(page.url())
  for (const address of [history, compared.href, `${compared.href}&view=source`]) {
    await expectPageAccessible(page, address)
  }
})
