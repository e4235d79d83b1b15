import { expect, test } from 'vitest'
import { renderDocument } from '../pipeline.ts'

const render = async (markdown: string) => (await renderDocument(markdown, 'article')).html

test.each(['note', 'tip', 'important', 'warning', 'caution'])(
  '[!%s] titles a box',
  async (kind) => {
    const title = kind.slice(0, 1).toUpperCase() + kind.slice(1)
    expect(await render(`> [!${kind.toUpperCase()}]\n> *a*\n>\n> b`)).toBe(
      `<div class="callout callout-${kind}" role="note">\n<p class="callout-title">${title}</p>\n<p><em>a</em></p>\n<p>b</p>\n</div>`,
    )
  },
)

test('its text may begin in a paragraph of its own', async () => {
  expect(await render('> [!note]\n>\n> - a')).toContain('<p class="callout-title">Note</p>\n<ul>')
})

test.each(['> [!NOTE] a', '> [!NOTE]', '> [!OTHER]\n> a', '> a\n> [!NOTE]', '[!NOTE]\na'])(
  '%j is no callout',
  async (markdown) => {
    const html = await render(markdown)
    expect(html).toContain('[!')
    expect(html).not.toContain('class=')
  },
)
