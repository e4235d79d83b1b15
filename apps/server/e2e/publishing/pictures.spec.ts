import { expect, type Page, test } from '@playwright/test'
import { seriousFaults } from '../axe.ts'
import { chosenWidth, give, paint } from './painted.ts'
import { hydrated, newPerson, signedOutPage, signUp } from '../steps.ts'
import { bodyField as body, bodyText, expectBody, saved, writeDraft } from './drafts.ts'

/** The site is `localhost`. */
const toStore = ({ hostname }: URL) => hostname === '127.0.0.1'

const arrived = /!\[\]\(\/media\/[\da-f-]{36}\)/

/** Describes the first picture that lacks it. */
async function describePicture(page: Page, alt: string) {
  const section = page.getByRole('region', { name: 'Pictures without alternative text' })
  await section.getByRole('button').first().click()
  const dialog = page.getByRole('dialog', { name: 'Describe the picture' })
  await dialog.getByLabel('Alternative text').fill(alt)
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog).toBeHidden()
}

test('a picture is dropped, arrives, is described and published, and telephones get a small file', async ({
  page,
  browser,
}) => {
  await signUp(page, newPerson('Painter'))
  await writeDraft(page, { title: 'With a picture', body: 'Before it.' })
  const sent = page.waitForResponse((response) => response.request().method() === 'PUT')
  await give(body(page), 'drop', [await paint(page)])
  await expectBody(page).toMatch(/^Before it\.\n\n!\[Uploading hills\.png…\]\(upload-[\da-f]{8}\)$/)
  await expectBody(page, { timeout: 30_000 }).toMatch(arrived)
  await saved(page)
  // To the store, on another origin.
  expect(new URL((await sent).url()).origin).not.toBe(new URL(page.url()).origin)
  expect((await sent).ok()).toBe(true)

  await page.getByRole('button', { name: 'Publish' }).click()
  await expect(page.getByText('The article was not published.')).toBeVisible()
  const notice = page.getByRole('region', { name: 'Messages' })
  await notice.getByRole('button', { name: 'Describe the picture' }).click()
  const dialog = page.getByRole('dialog', { name: 'Describe the picture' })
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog.getByText('Say what the picture shows')).toBeVisible()
  await dialog.getByLabel('Alternative text').fill('A wheel of [all] colours')
  await dialog.getByLabel('Caption').fill('Painted by "hand"')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await saved(page)
  await page.getByRole('button', { name: 'Publish' }).click()

  const heading = page.getByRole('heading', { level: 1, name: 'With a picture', exact: true })
  await expect(heading).toBeVisible()
  const image = page.getByRole('figure').getByRole('img', { name: 'A wheel of [all] colours' })
  await expect(page.getByRole('figure')).toContainText('Painted by "hand"')
  expect(await chosenWidth(image)).toBeGreaterThanOrEqual(672)

  // Of a reader who has no larger one already.
  const phone = await signedOutPage(browser, { viewport: { width: 390, height: 800 } })
  await phone.goto(page.url())
  const small = phone.getByRole('figure').getByRole('img', { name: 'A wheel of [all] colours' })
  expect(await chosenWidth(small)).toBeLessThanOrEqual(640)
  expect(await seriousFaults(phone)).toEqual([])
})

test('where the store does not let browsers in, a picture arrives by the server', async ({
  page,
}) => {
  await signUp(page, newPerson('Detour'))
  await writeDraft(page, { title: 'By the server', body: 'Before it.' })
  await page.route(toStore, (route) => route.abort('connectionrefused'))
  const sent = page.waitForResponse((response) => response.url().endsWith('/api/v1/media'))
  await give(body(page), 'drop', [await paint(page)])
  expect((await sent).status()).toBe(201)
  await expectBody(page, { timeout: 30_000 }).toMatch(arrived)
})

test('undo and redo pass over the placeholder', async ({ page }) => {
  await signUp(page, newPerson('Undoer'))
  await writeDraft(page, { title: 'Back and forth', body: 'Before it.' })
  await body(page).press('Control+End')
  await give(body(page), 'paste', [await paint(page)])
  await expectBody(page).toMatch(/Uploading|\/media\//)
  await expectBody(page, { timeout: 30_000 }).toMatch(arrived)
  const withPicture = await bodyText(page)
  await body(page).press('Control+z')
  await expectBody(page).toBe('Before it.')
  await body(page).press('Control+Shift+z')
  await expectBody(page).toBe(withPicture)
})

test('several arrive at once; what is refused says why, and can be dismissed', async ({ page }) => {
  await signUp(page, newPerson('Several'))
  await writeDraft(page, { title: 'Several', body: '' })
  const svg = { name: 'a.svg', type: 'image/svg+xml', content: Buffer.from('<svg/>') }
  const lie = {
    name: 'lie.png',
    type: 'image/png',
    content: Buffer.from('<script>alert(1)</script>'),
  }
  const small = { width: 400, height: 300 }
  const pictures = [
    await paint(page, { ...small, name: 'a.png' }),
    await paint(page, { ...small, name: 'b.png' }),
  ]
  await give(body(page), 'drop', [...pictures, svg, lie])
  await expectBody(page, { timeout: 30_000 }).toMatch(/(\/media\/[^]*){2}/)

  const uploads = page.getByRole('region', { name: 'Uploads' })
  const refused = uploads.getByRole('listitem')
  await expect(refused.filter({ hasText: 'SVG files may hold scripts' })).toBeVisible()
  await expect(refused).toHaveCount(2)
  await uploads.getByRole('button', { name: 'Dismiss a.svg' }).click()
  await expect(uploads).toBeFocused()
  await uploads.getByRole('button', { name: 'Dismiss lie.png' }).click()
  await expectBody(page).not.toMatch(/Uploading/)
})

test('a broken connection stops nothing for good: the upload is tried again', async ({ page }) => {
  await signUp(page, newPerson('Offline'))
  await writeDraft(page, { title: 'On a train', body: '' })
  const upload = (url: URL) => toStore(url) || url.pathname === '/api/v1/media'
  await page.route(upload, (route) => route.abort())
  await give(body(page), 'drop', [await paint(page, { width: 400, height: 300 })])
  const uploads = page.getByRole('region', { name: 'Uploads' })
  await expect(uploads.getByRole('listitem')).toContainText('could not be reached')
  await page.getByRole('button', { name: 'Publish' }).click()
  await expect(page.getByText('A picture has not arrived.').first()).toBeVisible()
  await page.unroute(upload)
  await uploads.getByRole('button', { name: 'Upload hills.png again' }).click()
  await expectBody(page, { timeout: 30_000 }).toMatch(arrived)
})

test('hostile names, descriptions and captions stay words', async ({ page }) => {
  const attack = '"><img src=x onerror=alert(1)> ](javascript:alert(1)) <b>'
  page.on('dialog', () => expect(true, 'nothing runs').toBe(false))
  await signUp(page, newPerson('Hostile'))
  await writeDraft(page, { title: 'Words', body: 'Text.' })
  await give(body(page), 'drop', [
    await paint(page, { name: `${attack}.png`, width: 400, height: 300 }),
  ])
  await expectBody(page, { timeout: 30_000 }).toMatch(arrived)
  await describePicture(page, attack)
  await saved(page)
  await page.getByRole('button', { name: 'Publish' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Words', exact: true })).toBeVisible()
  await expect(page.getByRole('figure').getByRole('img')).toHaveAttribute('alt', attack)
  await page.goto('/me/media')
  await hydrated(page)
  await expect(page.getByRole('list', { name: 'Files' }).getByRole('heading')).toContainText(
    'onerror',
  )
})

test('the library is used by keyboard: described, found by its words, and deleted with a warning of what breaks', async ({
  page,
}) => {
  await signUp(page, newPerson('Librarian'))
  await writeDraft(page, { title: 'Shows a lighthouse', body: '' })
  await give(body(page), 'drop', [await paint(page, { name: 'one.png', width: 500, height: 300 })])
  await expectBody(page, { timeout: 30_000 }).toMatch(arrived)
  await saved(page)

  await page.goto('/me/media')
  await hydrated(page)
  await page.locator('input[type=file]').setInputFiles([
    {
      name: 'two.png',
      mimeType: 'image/png',
      buffer: (await paint(page, { width: 300, height: 500 })).content,
    },
  ])
  const files = page.getByRole('list', { name: 'Files' })
  await expect(files.getByRole('listitem').filter({ hasText: 'two.png' })).toBeVisible({
    timeout: 30_000,
  })

  await page.getByRole('button', { name: 'Describe one.png' }).press('Enter')
  await page.keyboard.type('A lighthouse')
  await page.getByRole('dialog').getByLabel('Alternative text').fill('A lighthouse')
  await page.keyboard.press('Enter')
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).press('Enter')
  await expect(files).toContainText('A lighthouse')

  await page.getByLabel('Name or description').fill('lighthouse')
  await page.getByLabel('Name or description').press('Enter')
  await expect(files.getByText('two.png')).toHaveCount(0)
  await expect(files.getByText('Used in 1 place')).toBeVisible()

  await page.getByRole('button', { name: 'Delete one.png' }).press('Enter')
  const question = page.getByRole('alertdialog')
  await expect(question).toContainText('It will be missing where it is used')
  await expect(question.getByRole('link', { name: 'Shows a lighthouse' })).toBeVisible()
  expect(await seriousFaults(page, { within: '[role=alertdialog]' })).toEqual([])
  await question.getByRole('button', { name: 'Delete' }).press('Enter')
  await expect(page.getByText('Nothing found')).toBeVisible()
})
