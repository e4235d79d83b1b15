import { describe, expect, test } from 'vitest'
import { renderDocument } from '../src/pipeline.ts'
import { violations } from './allow-list.ts'
import { examplePicture, pictureId } from './picture.ts'
import { xssCorpus } from './xss-corpus.ts'

describe('XS1: nothing outside the allow-list leaves the renderer', () => {
  test('the corpus holds at least 300 different payloads', () => {
    expect(new Set(xssCorpus).size).toBeGreaterThanOrEqual(300)
  })

  test.each(['article', 'comment'] as const)('as %s', async (profile) => {
    const escapes = []
    for (const payload of xssCorpus) {
      const { html } = await renderDocument(payload, profile)
      const found = violations(html)
      if (found.length > 0) escapes.push({ payload, html, found })
    }
    expect(escapes).toEqual([])
  })

  test('as the words of a picture of the media library', async () => {
    const escapes = []
    for (const payload of xssCorpus) {
      const words = payload.replaceAll(/[\]["\n\\]/g, '')
      const own = `![${words}](/media/${pictureId} "${words}")\n\n![](/media/${pictureId} (x))`
      // PostgreSQL holds no U+0000.
      const alt = payload.replaceAll('\0', '')
      const pictures = { [pictureId]: examplePicture({ alt }) }
      const { html } = await renderDocument(own, 'article', { pictures })
      const found = violations(html)
      if (found.length > 0 || !html.includes('<picture>')) escapes.push({ payload, html, found })
    }
    expect(escapes).toEqual([])
  })

  test('all payloads in one document', async () => {
    const { html } = await renderDocument(xssCorpus.join('\n\n'), 'article')
    expect(violations(html)).toEqual([])
  })
})

describe('the allow-list itself notices', () => {
  test.each([
    '<script>alert(1)</script>',
    '<p onclick="alert(1)">x</p>',
    '<p style="color:red">x</p>',
    '<a href="javascript:alert(1)">x</a>',
    '<a href="java\tscript:alert(1)">x</a>',
    '<img src="data:image/png;base64,x">',
    '<img src="//evil.example/x">',
    '<img src="http://evil.example/x">',
    '<h2 id="location">x</h2>',
    '<span class="evil">x</span>',
    '<!-- x -->',
    '<svg></svg>',
    '<a href="/x">x<a href="/y">y</a></a>',
  ])('%s', (html) => {
    expect(violations(html)).not.toEqual([])
  })
})
