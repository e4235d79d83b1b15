import { expect, type Page, test } from '@playwright/test'
import { seriousFaults } from '../axe.ts'
import { hydrated, newPerson, signUp } from '../steps.ts'
import { bodyField, bodyText, expectBody, richField, saved, writeDraft } from './drafts.ts'

/** Presses the Tab key until the focus is on what has this name. */
async function tabTo(page: Page, name: string) {
  const nameOfFocus = () =>
    page.evaluate(() => {
      const { activeElement: element } = document
      const label = document.getElementById(element?.getAttribute('aria-labelledby') ?? '')
      return element?.getAttribute('aria-label') ?? label?.textContent ?? element?.textContent
    })
  for (let presses = 0; presses < 40; presses++) {
    if ((await nameOfFocus()) === name) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`The Tab key does not reach ${name}`)
}

/** What the editor alone loads, compressed: CodeMirror, its own script, what turns HTML into Markdown. */
const weightOfEditor = (page: Page) =>
  page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .filter(({ name }) => /\/(?:editor|rich-text|html-to-markdown)-[^/]*\.js$/.test(name))
      .reduce(
        (sum, entry) => sum + ('encodedBodySize' in entry ? Number(entry.encodedBodySize) : 0),
        0,
      ),
  )

test('an article is written and published by the keyboard alone', async ({ page }) => {
  await signUp(page, newPerson('Keys'))
  await page.goto('/editor/new')
  await hydrated(page)
  await richField(page)
  await page.getByLabel('Title').focus()
  await page.keyboard.type('By keyboard')
  await tabTo(page, 'Undo')
  await page.keyboard.press('Tab')
  await expect(bodyField(page)).toBeFocused()
  const { keyboard } = page
  await expect.poll(() => weightOfEditor(page)).toBeGreaterThan(50_000)
  expect(await weightOfEditor(page)).toBeLessThan(210_000)
  await keyboard.type('Some words are ')
  await keyboard.press('Control+b')
  await keyboard.type('strong')
  await keyboard.press('ArrowRight')
  await keyboard.press('ArrowRight')
  await keyboard.type('.\n\nPlan')
  await keyboard.press('Control+Alt+2')
  await keyboard.press('End')
  await keyboard.type('\n\n- [ ] first\nsecond\n\n')
  await keyboard.press('Control+Alt+t')
  for (const cell of ['Tide', 'Hour', 'high', 'six']) {
    await keyboard.type(cell)
    await keyboard.press('Tab')
  }
  await keyboard.type('low')
  await expectBody(page).toBe(
    [
      'Some words are **strong**.',
      '',
      '## Plan',
      '',
      '- [ ] first',
      '- [ ] second',
      '',
      '| Tide | Hour |',
      '| ---- | ---- |',
      '| high | six  |',
      '| low     |      |',
    ].join('\n'),
  )
  await keyboard.press('Escape')
  await keyboard.press('Tab')
  await expect(bodyField(page)).not.toBeFocused()
  await saved(page)
  await tabTo(page, 'Tags')
  await page.getByRole('button', { name: 'Publish' }).press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'By keyboard' })).toBeVisible()
  await expect(page.getByRole('article').locator('strong')).toHaveText('strong')
  await expect(page.getByRole('article').locator('td').first()).toHaveText('high')
})

test('pasted HTML becomes Markdown, and plain text on demand', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await signUp(page, newPerson('Paster'))
  await writeDraft(page, { title: 'Pasted', body: '' })
  await page.evaluate(() => {
    const html = '<h2>Head</h2><p>a <b>bold</b> word<img src="https://a.example/cat.png"></p>'
    const item = new ClipboardItem({
      'text/html': new Blob([html], { type: 'text/html' }),
      'text/plain': new Blob(['Head a bold word'], { type: 'text/plain' }),
    })
    return navigator.clipboard.write([item])
  })
  await bodyField(page).focus()
  await page.keyboard.press('Control+v')
  await expectBody(page).toBe('## Head\n\na **bold** word[cat.png](https://a.example/cat.png)')
  await page.keyboard.press('Control+z')
  await expectBody(page).toBe('')
  await page.keyboard.press('Control+Shift+v')
  await expectBody(page).toBe('Head a bold word')

  const took = await page.evaluate(async () => {
    const field = document.querySelector('.cm-content')
    const data = new DataTransfer()
    data.setData('text/html', '<b><i>'.repeat(170_000))
    data.setData('text/plain', 'hostile')
    const from = performance.now()
    field?.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true }))
    while (!field?.textContent.includes('hostile')) {
      await new Promise((resolve) => requestAnimationFrame(resolve))
    }
    return performance.now() - from
  })
  expect(took).toBeLessThan(1_000)
})

const long = Array.from({ length: 80 }, (_, part) => `## Part ${part}\n\nThe tide of part ${part}.`)

test('find, outline, preview, full screen and help', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 800 })
  await signUp(page, newPerson('Finder'))
  await writeDraft(page, { title: 'Long', body: long.join('\n\n') })
  await expect(page.getByText('7 min read').or(page.getByText(/min read/))).toBeVisible()

  await bodyField(page).press('Control+Home')
  await page.keyboard.press('Control+f')
  const panel = page.getByRole('search', { name: 'Find in the text' })
  await page.keyboard.type('tide of part 7')
  await page.keyboard.press('Enter')
  await expect(panel.getByRole('status')).toHaveText('1 of 11')
  expect(await seriousFaults(page)).toEqual([])
  await panel.getByLabel('Replace with').fill('sea of part 7')
  await panel.getByRole('button', { name: 'Replace all' }).click()
  await expect(panel.getByRole('status')).toHaveText('Nothing found')
  await page.keyboard.press('Escape')
  await expect(panel).toBeHidden()
  await expect(bodyField(page)).toBeFocused()

  await page.keyboard.press('Control+Alt+o')
  const outline = page.getByRole('navigation', { name: 'Outline of the text' })
  await outline.getByRole('button', { name: 'Part 79' }).press('Enter')
  await expect(bodyField(page)).toBeFocused()
  await expect(page.locator('.cm-line', { hasText: '## Part 79' })).toBeInViewport()
  await page.keyboard.type(' at the end')
  await expect(outline.getByRole('button', { name: 'Part 79 at the end' })).toBeVisible()
  await page.getByRole('button', { name: 'Outline', exact: true }).click()

  const preview = page.getByRole('region', { name: 'Preview' })
  await expect(preview.getByText('Part 79 at the end')).toBeInViewport()
  const modes = page.getByRole('group', { name: 'Write or preview' })
  await modes.getByRole('button', { name: 'Write' }).click()
  await expect(preview).toBeHidden()
  await modes.getByRole('button', { name: 'Preview' }).click()
  await expect(bodyField(page)).toBeHidden()
  await modes.getByRole('button', { name: 'Side by side' }).click()

  await page.keyboard.press('Control+/')
  const help = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
  await expect(help.getByText('Ctrl+B')).toBeVisible()
  expect(await seriousFaults(page)).toEqual([])
  await help.getByRole('button', { name: 'Close' }).click()

  await page.getByRole('button', { name: 'Full screen' }).click()
  await expect(page.getByRole('banner')).toBeHidden()
  await expect(page.getByLabel('Title')).toBeHidden()
  await expect(bodyField(page)).toBeVisible()
  expect(await seriousFaults(page)).toEqual([])
  await page.getByRole('button', { name: 'Full screen' }).click()
  await expect(page.getByRole('banner')).toBeVisible()
})

test('light and dark, axe finds nothing serious in any mark of a text', async ({ page }) => {
  await signUp(page, newPerson('Dark'))
  const body =
    '# a\n\n**b** *c* ~~d~~ `e` [f](https://a.example)\n\n> g\n\n- [ ] h\n\n```js\ni\n```\n\n<b>'
  await writeDraft(page, { title: 'Dark', body })
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    expect(await seriousFaults(page), colorScheme).toEqual([])
  }
})

test('what is typed while the editor loads is kept, and the caret; without it the plain field stays', async ({
  page,
}) => {
  await signUp(page, newPerson('Slow'))
  const held = Promise.withResolvers<void>()
  await page.route(/rich-text.*\.js$/, async (route) => {
    await held.promise
    await route.continue()
  })
  await page.goto('/editor/new')
  await expect(page.locator('textarea').and(bodyField(page))).toBeVisible()
  await bodyField(page).pressSequentially('Typed at once.')
  await page.keyboard.press('ArrowLeft')
  held.resolve()
  await richField(page)
  await expect(bodyField(page)).toBeFocused()
  await page.keyboard.type(', kept')
  await expectBody(page).toBe('Typed at once, kept.')
  await saved(page)

  await page.unroute(/rich-text.*\.js$/)
  await page.route(/rich-text.*\.js$/, (route) => route.abort())
  await page.reload()
  await hydrated(page)
  await expect(page.locator('textarea').and(bodyField(page))).toHaveValue('Typed at once, kept.')
  await bodyField(page).press('End')
  await page.getByRole('button', { name: 'Bold' }).click()
  expect(await bodyText(page)).toBe('Typed at once, kept.**bold**')
})

test.describe('on a telephone', () => {
  test.use({ viewport: { width: 390, height: 800 }, hasTouch: true, isMobile: true })

  test('the tools scroll sideways, are large enough, and nothing zooms', async ({ page }) => {
    await signUp(page, newPerson('Phone'))
    await writeDraft(page, { title: 'Pocket', body: 'Text.' })
    const bar = page.getByRole('toolbar', { name: 'Formatting' })
    const tools = await bar.getByRole('button').evaluateAll((buttons) =>
      buttons.map((button) => {
        const { width, height } = button.getBoundingClientRect()
        return Math.min(width, height)
      }),
    )
    expect(Math.min(...tools)).toBeGreaterThanOrEqual(44)
    await bar.getByRole('button', { name: 'Keyboard shortcuts' }).scrollIntoViewIfNeeded()
    await expect(bar.getByRole('button', { name: 'Keyboard shortcuts' })).toBeInViewport()
    const size = await bodyField(page).evaluate((field) => getComputedStyle(field).fontSize)
    expect(Number.parseFloat(size)).toBeGreaterThanOrEqual(16)
    await bodyField(page).tap()
    await bar.getByRole('button', { name: 'Quote' }).tap()
    await expectBody(page).toBe('> Text.')
    await expect(bodyField(page)).toBeFocused()
    const overflow = () =>
      page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      )
    expect(await overflow()).toBeLessThanOrEqual(0)
    expect(await seriousFaults(page)).toEqual([])
    await page.getByRole('button', { name: 'Preview' }).tap()
    await expect(page.getByRole('region', { name: 'Preview' }).locator('blockquote')).toBeVisible()
    expect(await overflow()).toBeLessThanOrEqual(0)
  })
})

test('without JavaScript the plain form writes and publishes', async ({ page, browser }) => {
  await signUp(page, newPerson('Scriptless'))
  const { cookies, origins } = await page.context().storageState()
  const context = await browser.newContext({
    javaScriptEnabled: false,
    storageState: { cookies, origins },
    baseURL: new URL(page.url()).origin,
  })
  const plain = await context.newPage()
  await plain.goto('/editor/new')
  await plain.getByLabel('Title').fill('No script')
  await plain.getByLabel('Text (Markdown)').fill('Written *by hand*.')
  await plain.getByLabel(/^Tags/).fill('gardening, css')
  await plain.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(plain).toHaveURL(/\/editor\/[\da-f-]{36}$/)
  await expect(plain.getByLabel('Text (Markdown)')).toHaveValue('Written *by hand*.')
  await plain.getByLabel('Description').fill('Short.')
  await plain.getByRole('button', { name: 'Save and publish' }).click()
  await expect(plain.getByRole('heading', { level: 1, name: 'No script' })).toBeVisible()
  await expect(plain.locator('article em')).toHaveText('by hand')
  await context.close()
})
