import { exampleComment } from '../example-answers.ts'
import { ids } from '../example-world.ts'
import type { OperationText } from '../operation-text.ts'

export const comments: Record<string, OperationText> = {
  'comments.list': {
    summary: 'List the comments of an article',
    description: 'Oldest first.',
    refusals: ['article/not-found'],
    examples: [
      {
        summary: 'Of one article',
        path: { articleId: ids.articleOfTomas },
        query: { limit: 20 },
        answer: { items: [exampleComment], page: { nextCursor: null } },
      },
    ],
  },
  'comments.get': {
    summary: 'Read a comment',
    description: 'Not found where the article that it stands under is hidden from you.',
    refusals: ['comment/not-found'],
    examples: [{ summary: 'By id', path: { id: ids.commentOfMira }, answer: exampleComment }],
  },
  'comments.create': {
    summary: 'Comment on an article',
    description: '`body` is Markdown without headings, tables and images.',
    refusals: ['article/not-found', 'article/not-published', 'markdown/too-complex'],
    examples: [
      {
        summary: 'A remark',
        path: { articleId: ids.articleOfTomas },
        body: { body: 'Ours filled *twice*.' },
        answer: exampleComment,
      },
    ],
  },
  'comments.update': {
    summary: 'Change a comment of yours',
    description: 'Readers see that it was edited.',
    refusals: ['comment/not-found', 'comment/forbidden', 'markdown/too-complex'],
    examples: [
      {
        summary: 'Other words',
        path: { id: ids.commentOfMira },
        body: { body: 'Ours filled three times.' },
        answer: {
          ...exampleComment,
          body: 'Ours filled three times.',
          bodyHtml: '<p>Ours filled three times.</p>',
          editedAt: '2026-03-15T10:05:00.000Z',
        },
      },
    ],
  },
  'comments.delete': {
    summary: 'Delete a comment',
    description: 'Your own, or one under an article of yours.',
    refusals: ['comment/not-found', 'comment/forbidden'],
    examples: [{ summary: 'By id', path: { id: ids.commentOfMira } }],
  },
}
