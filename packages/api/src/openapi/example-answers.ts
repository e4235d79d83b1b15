import type {
  ArticleSource,
  ArticleSummary,
  ArticleView,
} from '@galley/contract/publishing/articles'
import type { CommentView } from '@galley/contract/publishing/comments'
import type { CurrentUser } from '@galley/contract/platform/users'
import { ids, mira, slugs, tomas } from './example-world.ts'

const { password: _, ...person } = mira

export const exampleUser: CurrentUser = {
  ...person,
  id: ids.mira,
  bio: 'Writes about orchards.',
  role: 'author',
  status: 'active',
  reviewSince: null,
  secondFactorDue: null,
  can: { write: true, manageUsers: false, administer: false },
}

/** As it is in lists. */
export const exampleSummary: ArticleSummary = {
  id: ids.articleOfTomas,
  slug: slugs.ofTomas,
  title: 'A year of rain',
  description: 'What twelve months in a gauge taught me.',
  coverUrl: null,
  language: 'en',
  author: tomas,
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
  updatedAt: '2026-03-14T08:30:00.000Z',
  can: {
    edit: false,
    publish: false,
    unpublish: false,
    delete: false,
    comment: true,
    favourite: true,
  },
}

/** To edit. */
export const exampleSource: ArticleSource = {
  id: ids.articleOfMira,
  slug: slugs.ofMira,
  title: 'Plant the tree small',
  description: 'Why a whip outgrows a standard.',
  coverUrl: null,
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
    delete: true,
    comment: true,
    favourite: true,
  },
}

/** One that is not published yet. */
export const exampleDraft: ArticleSource = {
  ...exampleSource,
  id: ids.draftOfMira,
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
    delete: true,
    comment: false,
    favourite: false,
  },
}

export const exampleComment: CommentView = {
  id: ids.commentOfMira,
  articleId: ids.articleOfTomas,
  author: { username: mira.username, displayName: mira.displayName },
  body: 'Ours filled *twice*.',
  bodyHtml: '<p>Ours filled <em>twice</em>.</p>',
  createdAt: '2026-03-15T10:00:00.000Z',
  editedAt: null,
  can: { edit: true, delete: true },
}
