import type { ArticleView } from '@galley/contract/publishing/articles'
import { expect, test } from 'vitest'
import { article as example } from '../../../../test/publishing/examples.ts'
import type { Site } from '../../../lib/router-context.ts'
import { articleHead } from './article-head.ts'

const site: Site = {
  name: 'The Almanac',
  description: 'Of orchards.',
  language: 'en',
  links: [],
  logoUrl: null,
  signUp: 'readers',
  origin: 'https://site.example',
  requestId: '',
}

const article: ArticleView = {
  id: '01a209d0-da9b-764c-abc9-0b7a583dec29',
  slug: '活字',
  title: '</script><script>alert(1)</script>',
  description: 'About movable type.',
  coverUrl: '/images/covers/tech-letterform.svg',
  cover: null,
  language: 'zh-Hans',
  author: { username: 'ada', displayName: 'Ada', avatarUrl: null },
  authors: [
    { username: 'bo', displayName: 'Bo', avatarUrl: null },
    { username: 'ada', displayName: 'Ada', avatarUrl: null },
  ],
  tags: ['type'],
  publishedAt: '2026-03-14T08:30:00.000Z',
  updatedAt: '2026-03-15T08:30:00.000Z',
  words: 10,
  favouriteCount: 0,
  commentCount: 0,
  favourited: false,
  status: 'published',
  version: 1,
  bodyHtml: '<p>Text</p>',
  commentsClosed: false,
  headings: [],
  can: example.can,
}

test('addresses are absolute and of the configured origin', () => {
  const head = articleHead(article, site)
  expect(head.links).toEqual([
    { rel: 'canonical', href: 'https://site.example/articles/%E6%B4%BB%E5%AD%97' },
  ])
  expect(head.meta).toContainEqual({
    property: 'og:image',
    content: 'https://site.example/images/covers/tech-letterform.svg',
  })
})

test('no title can close the script of the structured data', () => {
  const [script] = articleHead(article, site).scripts ?? []
  expect(script?.children).not.toContain('<')
  expect(JSON.parse(script?.children ?? '')).toMatchObject({
    headline: article.title,
    publisher: { name: 'The Almanac' },
    inLanguage: 'zh-Hans',
    author: [
      { '@type': 'Person', name: 'Bo', url: 'https://site.example/authors/bo' },
      { '@type': 'Person', name: 'Ada' },
    ],
  })
})

test('a draft stays out of search engines and has no structured data', () => {
  const head = articleHead({ ...article, status: 'draft', publishedAt: null }, site)
  expect(head.meta).toContainEqual({ name: 'robots', content: 'noindex' })
  expect(head).not.toHaveProperty('scripts')
})
