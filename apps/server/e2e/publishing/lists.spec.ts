import { expect, test } from '@playwright/test'
import { demoAccounts } from '../../dev/seed/people.ts'
import { forgetCookies, hydrated, newPerson, signIn, signUp } from '../steps.ts'

const article = '/articles/how-long-a-line-wants-to-be'

test('what somebody marks and whom they follow can be found again', async ({ page }) => {
  const person = newPerson('Fay')
  await signUp(page, person)
  await page.goto(article)
  await hydrated(page)
  await page.getByRole('button', { name: 'Favourite' }).first().click()
  await page.getByRole('button', { name: `Account of ${person.name}` }).click()
  await page.getByRole('link', { name: 'Favourites' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Favourites' })).toBeVisible()
  await expect(page.getByRole('heading', { level: 2 })).toHaveText(['How long a line wants to be'])

  await page.goto('/authors/mira-okafor')
  await hydrated(page)
  await page.getByRole('button', { name: 'Follow Mira Okafor' }).click()
  await expect(page.getByRole('button', { name: 'Following Mira Okafor' })).toBeVisible()
  await page.getByRole('link', { name: /followers?$/ }).click()
  const followers = page.getByRole('list', { name: 'Followers' })
  await expect(followers.getByRole('listitem').first()).toContainText(person.name)

  await page.goto(`/authors/${person.username}/following`)
  await hydrated(page)
  const following = page.getByRole('list', { name: 'Following' }).getByRole('listitem')
  await expect(following).toHaveText(/Mira Okafor/)
  await following.getByRole('button', { name: 'Following Mira Okafor' }).click()
  await expect(following.getByRole('button', { name: 'Follow Mira Okafor' })).toBeVisible()
  await page.reload()
  await expect(page.getByText('Follows nobody yet')).toBeVisible()
})

test('an editor finds the drafts of others, which say who can see them', async ({ page }) => {
  const [admin] = demoAccounts
  if (!admin) throw new Error('There is no demo account')
  await signIn(page, admin)
  await page.goto('/admin/drafts')
  const drafts = page.getByRole('list', { name: 'Drafts' }).getByRole('listitem')
  await expect(drafts.first()).toContainText('Draft')
  await drafts.first().getByRole('link', { name: 'View' }).click()
  await expect(page.getByText('Only its authors and editors can see it.')).toBeVisible()
})

test('the audit log says in sentences who signed in', async ({ page }) => {
  const admin = demoAccounts[0]
  const author = demoAccounts[1]
  if (!admin || !author) throw new Error('There are no demo accounts')
  await signIn(page, author)
  await forgetCookies(page)
  await signIn(page, admin)
  await page.goto('/admin/audit')
  await hydrated(page)
  await page.getByLabel('Username').fill('jonas-lind')
  await page.getByLabel('What happened').selectOption('session.created')
  await page.getByRole('button', { name: 'Show' }).click()
  await expect(page).toHaveURL(/person=jonas-lind/)
  const entries = page.getByRole('list', { name: 'Audit log' }).getByRole('listitem')
  await expect(entries.first()).toContainText('@jonas-lind signed in with a password')

  const today = new Date().toISOString().slice(0, 10)
  await page.getByLabel('From day').fill(today)
  await page.getByLabel('To day').fill(today)
  await page.getByRole('button', { name: 'Show' }).click()
  await expect(page).toHaveURL(new RegExp(`to=${today}`))
  await expect(entries.first()).toContainText('@jonas-lind signed in with a password')
  await page.getByLabel('To day').fill('2001-01-01')
  await page.getByRole('button', { name: 'Show' }).click()
  await expect(page.getByText('to: Must not be before "from".')).toBeVisible()
})

test('an admin puts people in order and narrows them, in the address; what is refused is said', async ({
  page,
}) => {
  const [admin] = demoAccounts
  if (!admin) throw new Error('There is no demo account')
  await signIn(page, admin)
  await page.goto('/admin/people')
  await hydrated(page)
  const people = page.getByRole('list', { name: 'People' }).getByRole('listitem')
  const usernames = () => people.getByText(/^@/).allTextContents()
  const filter = page.getByRole('search', { name: 'People' })
  await filter.getByLabel('Order').selectOption('Username, A to Z')
  await filter.getByLabel('Role').selectOption('author')
  await page.getByRole('button', { name: 'Show' }).click()
  await expect(page).toHaveURL(/\?.*sort=username/)
  await expect(filter.getByLabel('Order')).toHaveValue('username')
  // The list before is shown until the next one is there.
  const expectOrder = (sorted: (names: string[]) => string[]) =>
    expect(async () => {
      const names = await usernames()
      expect(names.length).toBeGreaterThan(1)
      expect(names).toEqual(sorted(names))
    }).toPass({ timeout: 15_000 })
  await expectOrder((names) => names.toSorted())
  await page.goto('/admin/people?role=author&sort=-username')
  await expect(filter.getByLabel('Order')).toHaveValue('-username')
  await expectOrder((names) => names.toSorted().toReversed())

  await page.goto('/admin/drafts?author=not%20a%20name')
  await expect(page.getByText('author: Use 3 to 30 letters, digits or hyphens.')).toBeVisible()
  await page.goto('/admin/drafts?sort=-updated')
  await expect(
    page.getByRole('list', { name: 'Drafts' }).getByRole('listitem').first(),
  ).toBeVisible()
  await page.goto('/admin/jobs?sort=oldest')
  await expect(page.getByRole('search', { name: 'Failed jobs' }).getByLabel('Order')).toHaveValue(
    'oldest',
  )
})

test('on a small screen the list that is shown is in view among the tabs', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 800 })
  await signUp(page, newPerson('Narrow'))
  await page.goto('/me/articles?show=invitations')
  await hydrated(page)
  const tabs = page.getByRole('navigation', { name: 'Which articles' })
  const rightEnd = () =>
    tabs.locator('[aria-current=page]').evaluate((tab) => tab.getBoundingClientRect().right)
  await expect(tabs.locator('[aria-current=page]')).toHaveText('Invitations')
  await expect.poll(rightEnd).toBeLessThan(390)
})
