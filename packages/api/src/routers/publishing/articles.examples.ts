import type {
  ArticleCan,
  ArticleSource,
  ArticleSummary,
  ArticleView,
  TrashedArticle,
} from '@galley/contract/publishing/articles'
import { mira, tomas } from '../platform/users.docs.ts'

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

const nothing: ArticleCan = {
  edit: false,
  publish: false,
  unpublish: false,
  manageAuthors: false,
  delete: false,
  comment: false,
  closeComments: false,
  favourite: false,
  requestReview: false,
  withdrawReview: false,
  decideReview: false,
  annotate: false,
  schedulePublish: false,
  scheduleUnpublish: false,
  unschedule: false,
  archive: false,
  unarchive: false,
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
  can: { ...nothing, comment: true, favourite: true },
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
  schedule: null,
  notice: null,
  can: {
    ...nothing,
    edit: true,
    unpublish: true,
    manageAuthors: true,
    delete: true,
    comment: true,
    closeComments: true,
    favourite: true,
    scheduleUnpublish: true,
    archive: true,
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
    ...nothing,
    edit: true,
    publish: true,
    manageAuthors: true,
    delete: true,
    closeComments: true,
    requestReview: true,
    schedulePublish: true,
  },
}

/** Of Mira, in review. */
export const exampleInReview: ArticleSource = {
  ...exampleDraft,
  id: '0192f3a1-5b7c-7d2e-9a41-3c5d7e9f1b83',
  slug: 'grafting-in-march',
  title: 'Grafting in March',
  status: 'in_review',
  can: {
    ...nothing,
    edit: true,
    manageAuthors: true,
    delete: true,
    closeComments: true,
    withdrawReview: true,
    decideReview: true,
    annotate: true,
  },
}

/** Of Mira, to be published. */
export const exampleScheduled: ArticleSource = {
  ...exampleDraft,
  id: '0192f3a1-5b7c-7d2e-9a41-3c5d7e9f1b84',
  slug: 'the-first-frost',
  title: 'The first frost',
  status: 'scheduled',
  schedule: { action: 'publish', at: '2046-10-15T06:00:00.000Z', zone: 'Europe/Berlin' },
  can: {
    ...nothing,
    edit: true,
    publish: true,
    manageAuthors: true,
    delete: true,
    closeComments: true,
    schedulePublish: true,
    unschedule: true,
  },
}

/** Of Mira, out of all lists. */
export const exampleArchived: ArticleSource = {
  ...exampleSource,
  id: '0192f3a1-5b7c-7d2e-9a41-3c5d7e9f1b85',
  slug: 'prices-of-2019',
  title: 'Prices of 2019',
  status: 'archived',
  can: {
    ...nothing,
    edit: true,
    manageAuthors: true,
    delete: true,
    closeComments: true,
    unarchive: true,
  },
}

/** Of Mira, deleted. */
export const exampleTrashed: TrashedArticle = {
  id: '0192f3a1-5b7c-7d2e-9a41-3c5d7e9f1b86',
  slug: 'untitled',
  title: 'Notes',
  description: '',
  words: 2,
  author: { username: mira.username, displayName: mira.displayName, avatarUrl: null },
  publishedAt: null,
  deletedAt: '2026-03-01T12:00:00.000Z',
  until: '2026-03-31T12:00:00.000Z',
}
