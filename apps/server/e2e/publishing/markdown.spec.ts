import { expect, type Page, test } from '@playwright/test'
import { seriousFaults } from '../axe.ts'
import { demoAccounts } from '../../dev/seed/people.ts'
import { hydrated, signIn } from '../steps.ts'

const code = 'const key = "Ctrl"'

const body = `## Second level

Press <kbd>Ctrl</kbd> + <kbd>C</kbd>. Water is H<sub>2</sub>O, and x<sup>2</sup> a square.

### Third level

> [!NOTE]
> A note with a [link](/about).

> [!WARNING]
> A warning.

#### Fourth level

<details>
<summary>More about it</summary>

Hidden until asked for.

</details>

![A grey square](/favicon.svg "A caption under the picture")

\`\`\`js
${code}
\`\`\`
`

/** The published article's address. */
async function publish(page: Page): Promise<string> {
  return page.evaluate(async (text) => {
    const call = async (name: string, input: object) => {
      const response = await fetch(`/trpc/articles.${name}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(input),
      })
      return (await response.json()).result.data
    }
    const { id, version } = await call('create', { title: 'All of Markdown', body: text })
    const { slug } = await call('publish', { id, version })
    return `/articles/${slug}`
  }, body)
}

test('an article shows what Markdown has to offer, and its code can be copied', async ({
  page,
  context,
}) => {
  const [account] = demoAccounts
  if (!account) throw new Error('There is no demo account')
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await signIn(page, account)
  await page.goto(await publish(page))
  await hydrated(page)
  await expect(page.locator('.prose kbd')).toHaveText(['Ctrl', 'C'])
  await expect(page.getByRole('note')).toHaveText([/Note\s+A note/, /Warning\s+A warning/])
  await expect(page.getByRole('figure')).toContainText('A caption under the picture')

  const hidden = page.getByText('Hidden until asked for.')
  await expect(hidden).toBeHidden()
  await page.getByText('More about it').click()
  await expect(hidden).toBeVisible()

  const sizes = await page
    .locator('.prose')
    .first()
    .locator('h2, h3, h4')
    .evaluateAll((headings) => headings.map((one) => parseFloat(getComputedStyle(one).fontSize)))
  expect(sizes.toSorted((a, b) => b - a)).toEqual(sizes)
  expect(new Set(sizes).size).toBe(3)

  await page.getByRole('button', { name: 'Copy code' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'Copied' })).toBeVisible()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain(code)
  expect(await seriousFaults(page, { within: '.prose' })).toEqual([])
})
