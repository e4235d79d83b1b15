import { expect, test } from '@playwright/test'
import { fillSignUp, newPerson, textTo } from './steps.ts'
import { site } from './site.ts'

const content = (name: string) => `meta[name="${name}"], meta[property="${name}"]`

test('pages and mails carry the name, description, language and links of the settings', async ({
  page,
}) => {
  await page.goto('/')
  await expect(page).toHaveTitle(site.name)
  await expect(page.locator('html')).toHaveAttribute('lang', site.language)
  await expect(page.locator(content('og:site_name'))).toHaveAttribute('content', site.name)
  await expect(page.locator(content('description'))).toHaveAttribute('content', site.description)
  await expect(page.getByRole('banner').getByRole('link', { name: site.name })).toBeVisible()
  const footer = page.getByRole('contentinfo')
  await expect(footer).toContainText(site.description)
  for (const { label, href } of site.links) {
    await expect(footer.getByRole('link', { name: label })).toHaveAttribute('href', href)
  }

  await page.getByRole('link', { name: 'Tags' }).first().click()
  await expect(page).toHaveTitle(`Tags · ${site.name}`)
  const person = newPerson('subscriber')
  await fillSignUp(page, person)
  expect(await textTo(person.email)).toContain(site.name)
})
