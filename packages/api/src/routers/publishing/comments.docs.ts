import type { CommentView } from '@galley/contract/publishing/comments'
import { describeSlice } from '../../docs.ts'
import { mira } from '../platform/users.docs.ts'
import { exampleSummary } from './articles.examples.ts'

export const exampleComment: CommentView = {
  id: '0192f3a1-5b7c-7d2e-9a41-3c5d7e9f1b40',
  articleId: exampleSummary.id,
  author: { username: mira.username, displayName: mira.displayName, avatarUrl: null },
  body: 'Ours filled *twice*.',
  bodyHtml: '<p>Ours filled <em>twice</em>.</p>',
  createdAt: '2026-03-15T10:00:00.000Z',
  editedAt: null,
  can: { edit: true, delete: true },
}

export const docs = describeSlice(
  {
    about: 'Remarks under articles.',
    fields: { articleId: 'The id of the article.', sort: 'By when they were written.' },
  },
  {
    list: {
      summary: 'List the comments of an article',
      description: 'Oldest first by default.',
      refusals: ['article/not-found'],
      examples: [
        {
          summary: 'Of one article',
          path: { articleId: exampleSummary.id },
          query: { limit: 20 },
          response: { items: [exampleComment], page: { nextCursor: null } },
        },
      ],
    },
    get: {
      summary: 'Read a comment',
      description: 'Not found where the article that it stands under is hidden from you.',
      refusals: ['comment/not-found'],
      examples: [{ summary: 'By id', path: { id: exampleComment.id }, response: exampleComment }],
    },
    create: {
      summary: 'Comment on an article',
      description: '`body` is Markdown without headings, tables and images.',
      refusals: ['article/not-found', 'article/not-published', 'markdown/too-complex'],
      examples: [
        {
          summary: 'A remark',
          path: { articleId: exampleSummary.id },
          body: { body: 'Ours filled *twice*.' },
          response: exampleComment,
        },
      ],
    },
    update: {
      summary: 'Change a comment of yours',
      description: 'Readers see that it was edited.',
      refusals: ['comment/not-found', 'comment/forbidden', 'markdown/too-complex'],
      examples: [
        {
          summary: 'Other words',
          path: { id: exampleComment.id },
          body: { body: 'Ours filled three times.' },
          response: {
            ...exampleComment,
            body: 'Ours filled three times.',
            bodyHtml: '<p>Ours filled three times.</p>',
            editedAt: '2026-03-15T10:05:00.000Z',
          },
        },
      ],
    },
    delete: {
      summary: 'Delete a comment',
      description: 'Your own, or one under an article of yours.',
      refusals: ['comment/not-found', 'comment/forbidden'],
      examples: [{ summary: 'By id', path: { id: exampleComment.id } }],
    },
  },
)
