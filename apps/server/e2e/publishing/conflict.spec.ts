import { expect, type Page, test } from '@playwright/test'
import { demoAccounts } from '../../dev/seed/people.ts'
import { hydrated, newPerson, signIn, signUp } from '../steps.ts'
import {
  bodyField as text,
  expectBody,
  openEditor,
  pasteBody,
  richField,
  saved,
  writeDraft,
} from './drafts.ts'

test('two editors of one text: what each changed elsewhere is merged, what both changed is decided', async ({
  page,
  browser,
}) => {
  const author = newPerson('Twohands')
  await signUp(page, author)
  await writeDraft(page, { title: 'Written by two', body: 'First.\n\nSecond.\n\nThird.' })
  const context = await browser.newContext()
  const other = await context.newPage()
  const [editor] = demoAccounts
  if (!editor) throw new Error('There is no demo account')
  await signIn(other, editor)
  await openEditor(other, page.url())
  await seeEachOther({ page, name: author.name }, { page: other, name: 'Mira Okafor' })
  await pasteBody(other, 'First, by the editor.\n\nSecond.\n\nThird.')
  await saved(other)
  await expectBody(page).toBe('First, by the editor.\n\nSecond.\n\nThird.')
  await expect(page.getByText(/^Mira Okafor has saved this article/)).toBeVisible()

  await page.context().setOffline(true)
  await pasteBody(page, 'First, by the editor.\n\nSecond.\n\nThird, by the author.')
  await expect(page.getByText('Offline, kept on this device')).toBeVisible()
  await pasteBody(other, 'First, by the editor.\n\nSecond, too.\n\nThird.')
  await saved(other)
  await page.context().setOffline(false)
  const both = 'First, by the editor.\n\nSecond, too.\n\nThird, by the author.'
  await expectBody(page).toBe(both)
  await saved(page)
  await expectBody(other).toBe(both)

  await page.context().setOffline(true)
  await pasteBody(page, `${both} Offline.`)
  await expect(page.getByText('Offline, kept on this device')).toBeVisible()
  await pasteBody(other, 'First, by the editor.\n\nSecond, too.\n\nThird, by the editor.')
  await saved(other)
  await page.context().setOffline(false)
  await expect(page.getByText('Mira Okafor has changed the same as you.')).toBeVisible()
  await expectBody(page).toBe(`${both} Offline.`)
  await page.getByRole('button', { name: 'Compare and decide' }).click()
  const dialog = page.getByRole('dialog', { name: 'Bring both texts together' })
  await expect(dialog.getByText('Third, by the editor.')).toBeVisible()
  await dialog.getByRole('button', { name: 'Use this text' }).click()
  await saved(page)
  const decided = `${both} Offline.\n\nThird, by the editor.`
  await expectBody(page).toBe(decided)
  await expectBody(other).toBe(decided)
  await context.close()
})

test('two tabs of one person: what is saved in one shows in the other, and neither text is lost', async ({
  page,
  context,
}) => {
  await signUp(page, newPerson('Twotabs'))
  await writeDraft(page, { title: 'Open twice', body: 'As it began.' })
  const other = await context.newPage()
  await openEditor(other, page.url())
  await pasteBody(other, 'As it began.\n\nFrom the other tab.')
  await saved(other)
  await expectBody(page).toBe('As it began.\n\nFrom the other tab.')
  await pasteBody(page, 'From the first tab.')
  await saved(page)
  await expectBody(other).toBe('From the first tab.')
})

test('keeping mine saves over the other version, which stays in the history', async ({
  page,
  context,
}) => {
  await signUp(page, newPerson('Keeper'))
  await writeDraft(page, { title: 'Kept', body: 'As it began.' })
  const other = await context.newPage()
  await openEditor(other, page.url())
  await context.setOffline(true)
  await pasteBody(page, 'Mine.')
  await pasteBody(other, 'Theirs.')
  await expect(page.getByText('Offline, kept on this device')).toBeVisible()
  await expect(other.getByText('Offline, kept on this device')).toBeVisible()
  await context.setOffline(false)
  const conflict = 'The same was changed elsewhere.'
  await expect(async () => {
    expect(
      (await page.getByText(conflict).count()) + (await other.getByText(conflict).count()),
    ).toBe(1)
  }).toPass()
  const loser = (await page.getByText(conflict).count()) > 0 ? page : other
  const own = loser === page ? 'Mine.' : 'Theirs.'
  await expectBody(loser).toBe(own)
  await loser.getByRole('button', { name: 'Keep my version' }).click()
  await saved(loser)
  await loser.reload()
  await expectBody(loser).toBe(own)
})

test('leaving with changes that are not saved asks first', async ({ page }) => {
  await signUp(page, newPerson('Leaver'))
  await writeDraft(page, { title: 'Out there', body: 'Public text.' })
  await page.getByRole('button', { name: 'Publish' }).click()
  await expect(
    page.getByRole('heading', { level: 1, name: 'Out there', exact: true }),
  ).toBeVisible()
  await page.getByRole('link', { name: /Edit/ }).first().click()
  await hydrated(page)
  await pasteBody(page, 'Changed, not yet public.')
  await page.getByRole('link', { name: 'Tags' }).click()
  await expect(page.getByRole('alertdialog')).toBeVisible()
  await page.getByRole('button', { name: 'Stay here' }).click()
  await expectBody(page).toBe('Changed, not yet public.')
})

type AtPage = { page: Page; name: string }

/** Each sees the other, and where they are; who leaves is gone at once, and comes back. */
async function seeEachOther(one: AtPage, other: AtPage) {
  const listAt = ({ page }: AtPage) => page.getByRole('list', { name: 'Also editing this article' })
  await expect(listAt(one)).toContainText(other.name)
  await expect(listAt(other)).toContainText(one.name)
  await richField(other.page)
  await text(other.page).press('ControlOrMeta+End')
  await expect(listAt(one)).toContainText(`${other.name} is at line 5`)
  await expect(one.page.locator('.cm-otherCaret')).toHaveAttribute('data-name', other.name)
  await other.page.getByLabel('Title').focus()
  await expect(listAt(one)).toContainText(`${other.name} is in the title`)
  await expect(one.page.locator('.cm-otherCaret')).toHaveCount(0)
  const address = other.page.url()
  await other.page.goto('/tags')
  await expect(listAt(one)).toBeHidden()
  await other.page.goto(address)
  await hydrated(other.page)
  await expect(listAt(one)).toContainText(other.name)
}
