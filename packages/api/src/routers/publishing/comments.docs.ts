import type { CommentView } from '@galley/contract/publishing/comments'
import { describeSlice } from '../../docs.ts'
import { mira } from '../platform/users.docs.ts'
import { exampleSummary } from './articles.examples.ts'

export const exampleComment: CommentView = {
  id: '0192f3a1-5b7c-7d2e-9a41-3c5d7e9f1b40',
  articleId: exampleSummary.id,
  parentId: null,
  answers: null,
  author: { username: mira.username, displayName: mira.displayName, avatarUrl: null },
  body: 'Ours filled *twice*.',
  bodyHtml: '<p>Ours filled <em>twice</em>.</p>',
  createdAt: '2026-03-15T10:00:00.000Z',
  editedAt: null,
  deletedAt: null,
  replyCount: 1,
  can: { edit: true, delete: true, reply: true },
}

export const exampleReply: CommentView = {
  ...exampleComment,
  id: '0192f3a1-5b7c-7d2e-9a41-3c5d7e9f1b41',
  parentId: exampleComment.id,
  body: 'After the rain in May.',
  bodyHtml: '<p>After the rain in May.</p>',
  createdAt: '2026-03-15T10:20:00.000Z',
  replyCount: 0,
}

export const docs = describeSlice(
  {
    about: 'Remarks under articles.',
    fields: {
      articleId: 'The id of the article.',
      sort: 'By when they were written.',
      around: 'The id of a comment or a reply: the page begins with its thread.',
      parentId: 'The id of the comment, or of the reply, that it replies to.',
    },
  },
  {
    list: {
      summary: 'List the comments of an article',
      description:
        'Those that begin a thread, oldest first by default, each with its first three replies; `comments.replies` has the rest. One that was deleted and has replies keeps its place: `deletedAt` is set, its text is empty and its author is nobody.',
      refusals: ['article/not-found', 'comment/not-found'],
      examples: [
        {
          summary: 'Of one article',
          path: { articleId: exampleSummary.id },
          query: { limit: 20 },
          response: {
            items: [
              {
                ...exampleComment,
                replies: { items: [exampleReply], page: { nextCursor: null } },
              },
            ],
            page: { nextCursor: null },
          },
        },
      ],
    },
    replies: {
      summary: 'List the replies to a comment',
      description:
        'Oldest first by default. The cursor beside the replies of `comments.list` goes on here.',
      refusals: ['comment/not-found'],
      examples: [
        {
          summary: 'To one comment',
          path: { id: exampleComment.id },
          query: { limit: 20 },
          response: { items: [exampleReply], page: { nextCursor: null } },
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
      summary: 'Comment on an article, or reply to a comment',
      description:
        '`body` is Markdown without headings, tables and images; `@username` outside of code mentions a person, at most ten of them. With `parentId` it is a reply. Threads have two levels: a reply to a reply stands in the same thread, and says in `answers` whom it answers.',
      refusals: [
        'article/not-found',
        'article/not-published',
        'article/comments-closed',
        'comment/not-found',
        'markdown/too-complex',
      ],
      examples: [
        {
          summary: 'A remark',
          path: { articleId: exampleSummary.id },
          body: { body: 'Ours filled *twice*.' },
          response: { ...exampleComment, replyCount: 0 },
        },
      ],
    },
    update: {
      summary: 'Change a comment of yours',
      description: 'For 15 minutes after it was written. Readers see that it was edited.',
      refusals: [
        'comment/not-found',
        'comment/forbidden',
        'comment/edit-window-over',
        'markdown/too-complex',
      ],
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
      description:
        'Your own, or one under an article of yours. One that has replies keeps its place among the comments until they are gone.',
      refusals: ['comment/not-found', 'comment/forbidden'],
      examples: [{ summary: 'By id', path: { id: exampleComment.id } }],
    },
  },
)
