import type {
  ArticleSource,
  ArticleSummary,
  ArticleView,
} from '@galley/contract/publishing/articles'
import { tomas } from '../platform/users.docs.ts'

/** Of Tomas, as it is in lists. */
export const exampleSummary: ArticleSummary = {
  id: '0192f3a1-5b7c-7d2e-9a41-3c5d7e9f1b22',
  slug: 'a-year-of-rain',
  title: 'A year of rain',
  description: 'What twelve months in a gauge taught me.',
  coverUrl: null,
  cover: null,
  language: 'en',
  author: { username: tomas.username, displayName: tomas.displayName, avatarUrl: null },
  authors: [{ username: tomas.username, displayName: tomas.displayName, avatarUrl: null }],
  tags: ['weather', 'gardens'],
  publishedAt: '2026-03-14T08:30:00.000Z',
  words: 2,
  favouriteCount: 0,
  commentCount: 1,
  favourited: false,
}

/** To read. */
export const exampleArticle: ArticleView = {
  ...exampleSummary,
  status: 'published',
  version: 1,
  bodyHtml: '<p>It rained.</p>',
  headings: [],
  updatedAt: '2026-03-14T08:30:00.000Z',
  commentsClosed: false,
  can: {
    edit: false,
    publish: false,
    unpublish: false,
    manageAuthors: false,
    delete: false,
    comment: true,
    closeComments: false,
    favourite: true,
  },
}

/** Of Mira, to edit. */
export const exampleSource: ArticleSource = {
  id: '0192f3a1-5b7c-7d2e-9a41-3c5d7e9f1b20',
  slug: 'plant-the-tree-small',
  title: 'Plant the tree small',
  description: 'Why a whip outgrows a standard.',
  coverUrl: null,
  coverMediaId: null,
  coverFocus: null,
  body: 'Small trees *root* better.',
  language: null,
  detectedLanguage: 'en',
  tags: ['gardens'],
  words: 4,
  status: 'published',
  version: 1,
  publishedAt: '2026-02-01T09:00:00.000Z',
  updatedAt: '2026-02-01T09:00:00.000Z',
  can: {
    edit: true,
    publish: false,
    unpublish: true,
    manageAuthors: true,
    delete: true,
    comment: true,
    closeComments: true,
    favourite: true,
  },
}

/** Of Mira, and not published yet. */
export const exampleDraft: ArticleSource = {
  ...exampleSource,
  id: '0192f3a1-5b7c-7d2e-9a41-3c5d7e9f1b21',
  slug: 'on-pruning',
  title: 'On pruning',
  description: 'When to cut, and when to wait.',
  body: 'Wait.',
  words: 1,
  status: 'draft',
  publishedAt: null,
  can: {
    edit: true,
    publish: true,
    unpublish: false,
    manageAuthors: true,
    delete: true,
    comment: false,
    closeComments: true,
    favourite: false,
  },
}
