import { expect, test } from '@playwright/test'
import { seriousFaults } from '../axe.ts'
import { demoAccounts } from '../../dev/seed/people.ts'
import { hydrated, signIn } from '../steps.ts'

const tree = 'Plant the tree small'

test('search by keyboard: / goes to the box, arrows walk through suggestions, Enter opens one', async ({
  page,
}) => {
  await page.goto('/')
  await hydrated(page)
  await page.keyboard.press('/')
  const box = page.getByRole('banner').locator('input[name=q]')
  await expect(box).toBeFocused()
  await expect(box).toHaveValue('')
  await page.keyboard.type('plant the tr')
  const list = page.getByRole('listbox', { name: 'Suggestions' })
  const option = list.getByRole('option', { name: tree })
  await expect(option).toBeVisible()
  await expect(box).toHaveAttribute('aria-expanded', 'true')

  await page.keyboard.press('ArrowDown')
  await expect(option).toHaveAttribute('aria-selected', 'true')
  expect(await box.getAttribute('aria-activedescendant')).toBe(await option.getAttribute('id'))
  expect(await seriousFaults(page, { within: 'header' })).toEqual([])

  await page.keyboard.press('ArrowUp')
  await expect(option).toHaveAttribute('aria-selected', 'false')
  await page.keyboard.press('Escape')
  await expect(list).toBeHidden()
  await expect(box).toHaveValue('plant the tr')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/articles\/plant-the-tree-small$/)
})

test('/ is a letter while somebody types, and Enter without a choice shows the results', async ({
  page,
}) => {
  await page.goto('/search')
  await hydrated(page)
  await page.keyboard.press('/')
  const words = page.getByLabel('Search articles')
  await expect(words).toBeFocused()
  await page.keyboard.type('and/or')
  await expect(words).toHaveValue('and/or')

  await page.goto('/tags')
  await hydrated(page)
  await page.keyboard.press('/')
  await page.keyboard.type('plant the tree')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/search\?q=plant\+the\+tree$/)
  await expect(page.getByRole('list', { name: 'Results' })).toContainText(tree)
})

test('what is typed before the page is alive is searched for', async ({ page }) => {
  const scripts = Promise.withResolvers<void>()
  await page.route('**/*.js', async (route) => {
    await scripts.promise
    await route.continue()
  })
  await page.goto('/search', { waitUntil: 'commit' })
  const words = page.getByLabel('Search articles')
  await words.fill('plant the tree')
  scripts.resolve()
  await expect(page).toHaveURL(/\/search\?q=plant\+the\+tree$/)
  await expect(words).toHaveValue('plant the tree')
  await expect(page.getByRole('list', { name: 'Results' })).toContainText(tree)
})

test('/ can be turned off in a browser', async ({ page }) => {
  await page.goto('/search')
  await hydrated(page)
  await page.getByLabel('Go to the search from any page').uncheck()
  await page.reload()
  await hydrated(page)
  await expect(page.getByLabel('Go to the search from any page')).not.toBeChecked()
  await page.keyboard.press('/')
  await expect(page.getByLabel('Search articles')).not.toBeFocused()
  await page.getByLabel('Go to the search from any page').check()
  await page.getByRole('heading', { name: 'Search' }).click()
  await page.keyboard.press('/')
  await expect(page.getByLabel('Search articles')).toBeFocused()
})

test('results follow what is typed: the address too, and a search that is out of date is given up', async ({
  page,
}) => {
  await page.goto('/search')
  await hydrated(page)
  const asks = (q: string) => (url: URL) =>
    url.pathname.includes('search.articles') && url.search.includes(`%22${q}%22`)
  // Never responds: only giving it up ends it.
  await page.route(asks('plant'), () => new Promise(() => {}))
  const begun = page.waitForRequest((request) => asks('plant')(new URL(request.url())))
  const givenUp = page.waitForEvent('requestfailed', (request) =>
    asks('plant')(new URL(request.url())),
  )
  const words = page.getByLabel('Search articles')
  await words.fill('plant')
  await begun
  await words.fill('plant the tree')
  await givenUp
  const results = page.getByRole('list', { name: 'Results' })
  await expect(results.getByRole('link', { name: tree })).toBeVisible()
  await expect(results.locator('mark').first()).toHaveText(/^(Plant|tree)/i)
  await expect(page.getByRole('main').getByRole('status')).toHaveText(/\d+ articles? found/)
  await expect(page).toHaveURL(/q=plant\+the\+tree$/)
  await expect(words).toBeFocused()
})

test('filters are in the address, and what is refused is said without losing what was typed', async ({
  page,
}) => {
  await page.goto('/search?q=tree')
  await hydrated(page)
  await page.getByText('Filters').click()
  await page.getByRole('textbox', { name: 'Tag' }).fill('gardening')
  await page.getByLabel('Order').selectOption('newest')
  await page.getByRole('main').getByRole('button', { name: 'Search' }).click()
  await expect(page).toHaveURL(/tag=gardening/)
  await expect(page).toHaveURL(/sort=newest/)
  await expect(page.getByRole('list', { name: 'Results' })).toContainText(tree)

  await page.getByRole('textbox', { name: 'Author' }).fill('not a name')
  await page.getByRole('main').getByRole('button', { name: 'Search' }).click()
  await expect(page.getByText('author: Use 3 to 30 letters, digits or hyphens.')).toBeVisible()
  await expect(page.getByLabel('Search articles')).toHaveValue('tree')
  await expect(page.getByRole('textbox', { name: 'Author' })).toHaveValue('not a name')
})

test('nothing found: the page says so and offers a way on', async ({ page }) => {
  await page.goto('/search?q=zzyzxq&tag=gardening')
  await expect(page.getByRole('heading', { name: 'Nothing found' })).toBeVisible()
  await page.getByRole('link', { name: 'Search without filters' }).click()
  await expect(page).toHaveURL(/\/search\?q=zzyzxq$/)
  await expect(page.getByRole('link', { name: 'Browse all tags' })).toBeVisible()

  await page.goto('/search?q=gardenign')
  await page.getByText('Did you mean').getByRole('link').click()
  await expect(page).toHaveURL(/q=garden/)
  await expect(page.getByRole('list', { name: 'Results' })).toBeVisible()
})

test('drafts are looked for by themselves, by those who write', async ({ page }) => {
  const [admin] = demoAccounts
  if (!admin) throw new Error('There is no demo account')
  await page.goto('/search?q=the')
  await expect(page.getByRole('link', { name: 'Drafts' })).toHaveCount(0)
  await signIn(page, admin)
  await page.goto('/search?q=the')
  await hydrated(page)
  await page.getByRole('main').getByRole('link', { name: 'Drafts' }).click()
  await expect(page).toHaveURL(/status=draft/)
  await expect(page.getByRole('main').getByRole('status')).toHaveText(/found$/)
  const results = page.getByRole('list', { name: 'Results' }).getByRole('article')
  const drafts = results.filter({ has: page.getByRole('heading', { name: /Draft$/ }) })
  await expect(drafts.first()).toBeVisible()
  expect(await results.count()).toBe(await drafts.count())
})

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false })

  test('the box of the masthead and the filters are plain forms', async ({ page }) => {
    await page.goto('/')
    await page.getByRole('banner').locator('input[name=q]').fill('plant tree')
    await page.keyboard.press('Enter')
    await expect(page).toHaveURL(/\/search\?q=plant\+tree$/)
    await expect(page.getByRole('list', { name: 'Results' })).toContainText(tree)
    await page.getByText('Filters').click()
    await page.getByLabel('Order').selectOption('newest')
    await page.getByRole('main').getByRole('button', { name: 'Search' }).click()
    await expect(page).toHaveURL(/sort=newest/)
    await expect(page.getByRole('list', { name: 'Results' })).toContainText(tree)
  })
})

test('the first page is kept for all who are signed out, others and refusals are not', async ({
  request,
}) => {
  const ask = async (search: string) => {
    const answer = await request.get(`/search?${search}`, { headers: { accept: 'text/html' } })
    const shared = (answer.headers()['cache-control'] ?? '').startsWith('public')
    return { status: answer.status(), shared, text: await answer.text() }
  }
  const found = await ask('q=plant+the+tree')
  expect(found).toMatchObject({ status: 200, shared: true })
  expect(found.text).toContain(tree)
  expect(await ask('q=plant+the+tree&from=yesterday')).toMatchObject({ status: 400, shared: false })
  expect(await ask('q=plant+the+tree&cursor=abc')).toMatchObject({ status: 400, shared: false })
})
