import type { ArticleSource, ArticleView } from '@galley/contract/publishing/articles'
import type { CommentThread } from '@galley/contract/publishing/comments'
import { mira } from '../examples.ts'

const at = '2026-03-14T08:30:00.000Z'
const can = {
  edit: true,
  publish: true,
  unpublish: true,
  manageAuthors: true,
  delete: true,
  comment: true,
  closeComments: true,
  favourite: true,
}

export const draft: ArticleSource = {
  id: '01900000-0000-7000-8000-000000000002',
  slug: 'a-hedge',
  title: 'A hedge',
  description: '',
  coverUrl: null,
  coverMediaId: null,
  coverFocus: null,
  body: 'It grows.',
  language: null,
  detectedLanguage: null,
  tags: [],
  words: 2,
  status: 'draft',
  version: 1,
  publishedAt: null,
  updatedAt: at,
  can,
}

export const article: ArticleView = {
  id: draft.id,
  slug: draft.slug,
  title: draft.title,
  description: draft.description,
  coverUrl: null,
  cover: null,
  language: null,
  tags: [],
  words: 2,
  author: { username: mira.username, displayName: mira.displayName, avatarUrl: null },
  authors: [{ username: mira.username, displayName: mira.displayName, avatarUrl: null }],
  favouriteCount: 0,
  commentCount: 0,
  favourited: false,
  status: 'published',
  version: 1,
  publishedAt: at,
  updatedAt: at,
  bodyHtml: '<p>It grows.</p>',
  commentsClosed: false,
  headings: [],
  can,
}

export const comment: CommentThread = {
  id: '01900000-0000-7000-8000-000000000003',
  articleId: article.id,
  parentId: null,
  answers: null,
  author: article.author,
  body: 'So it does.',
  bodyHtml: '<p>So it does.</p>',
  createdAt: at,
  editedAt: null,
  deletedAt: null,
  replyCount: 0,
  replies: { items: [], page: { nextCursor: null } },
  can: { edit: true, delete: true, reply: true },
}
