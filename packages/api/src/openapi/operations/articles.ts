import { exampleArticle, exampleDraft, exampleSource, exampleSummary } from '../example-answers.ts'
import { ids, slugs, tomas } from '../example-world.ts'
import type { OperationText } from '../operation-text.ts'

const { body: _body, coverUrl: _coverUrl, ...exampleMine } = exampleSource

/** Of the reading half. */
const reading: Record<string, OperationText> = {
  'articles.list': {
    summary: 'List published articles',
    description: 'Newest first unless told; of one tag, of one author, or both.',
    examples: [
      {
        summary: 'The last two about gardens',
        query: { tag: 'gardens', limit: 2, total: true },
        answer: {
          items: [exampleSummary],
          page: { nextCursor: null, total: 1 },
        },
      },
      {
        summary: 'From the first, of one author',
        query: { author: tomas.username, sort: 'oldest', offset: 0 },
        answer: { items: [exampleSummary], page: { nextCursor: null } },
      },
    ],
  },
  'articles.bySlug': {
    summary: 'Read an article by its address',
    description: 'Its text as sanitised HTML. A draft is there for those alone who may edit it.',
    refusals: ['article/not-found'],
    examples: [{ summary: 'By slug', path: { slug: slugs.ofTomas }, answer: exampleArticle }],
  },
  'articles.mine': {
    summary: 'List your own articles',
    description: 'Drafts and published ones, last changed first.',
    examples: [
      {
        summary: 'What is published',
        query: { status: 'published', limit: 10 },
        answer: { items: [exampleMine], page: { nextCursor: null } },
      },
    ],
  },
  'articles.source': {
    summary: 'Read an article to edit it',
    description: 'Its Markdown, for those who may edit it.',
    refusals: ['article/not-found', 'article/forbidden'],
    examples: [{ summary: 'By id', path: { id: ids.articleOfMira }, answer: exampleSource }],
  },
  'articles.preview': {
    summary: 'Render Markdown',
    description: 'To sanitised HTML, as an article with this text would be. Nothing is stored.',
    refusals: ['markdown/too-complex'],
    examples: [
      {
        summary: 'A line',
        body: { body: 'Small trees *root* better.' },
        answer: { bodyHtml: '<p>Small trees <em>root</em> better.</p>', words: 4 },
      },
    ],
  },
}

const toChange: OperationText['refusals'] = [
  'article/not-found',
  'article/forbidden',
  'article/stale-version',
]

/** Of the writing half. */
const writing: Record<string, OperationText> = {
  'articles.create': {
    summary: 'Make a draft',
    description: 'It may lack anything; to publish it says what is missing. For authors.',
    refusals: ['article/forbidden', 'markdown/too-complex'],
    examples: [
      {
        summary: 'A draft with a text',
        headers: { 'Idempotency-Key': '8b6f2c1e-52a4-4a0e-9a6b-0d5f1f7f3c11' },
        body: {
          title: 'On pruning',
          description: 'When to cut, and when to wait.',
          body: 'Wait.',
          coverUrl: null,
          tags: ['gardens'],
        },
        answer: exampleDraft,
      },
    ],
  },
  'articles.update': {
    summary: 'Change an article',
    description: 'Fields that are not sent stay. The version makes sure that no change is lost.',
    refusals: [...toChange, 'article/incomplete', 'markdown/too-complex'],
    examples: [
      {
        summary: 'Another title, with If-Match',
        path: { id: ids.articleOfMira },
        headers: { 'If-Match': '"1"' },
        body: { title: 'Plant the tree smaller' },
        answer: { ...exampleSource, title: 'Plant the tree smaller', version: 2 },
      },
      {
        summary: 'Other tags, with the version',
        path: { id: ids.articleOfMira },
        body: { version: 1, tags: ['gardens', 'trees'] },
        answer: { ...exampleSource, tags: ['gardens', 'trees'], version: 2 },
      },
    ],
  },
  'articles.publish': {
    summary: 'Publish a draft',
    description: 'From now on everybody may read it.',
    refusals: [...toChange, 'article/already-published', 'article/incomplete'],
    examples: [
      {
        summary: 'At its version',
        path: { id: ids.draftOfMira },
        body: { version: 1 },
        answer: {
          ...exampleDraft,
          status: 'published',
          version: 2,
          publishedAt: '2026-03-20T12:00:00.000Z',
          can: exampleSource.can,
        },
      },
    ],
  },
  'articles.unpublish': {
    summary: 'Make an article a draft again',
    description: 'Readers find it no more; its comments stay.',
    refusals: [...toChange, 'article/not-published'],
    examples: [
      {
        summary: 'At its version',
        path: { id: ids.articleOfMira },
        body: { version: 1 },
        answer: { ...exampleSource, status: 'draft', version: 2, can: exampleDraft.can },
      },
    ],
  },
  'articles.delete': {
    summary: 'Delete an article',
    description: 'With its comments. With a version, only if nobody has changed it since.',
    refusals: toChange,
    examples: [
      { summary: 'At its version', path: { id: ids.draftOfMira }, query: { version: 1 } },
      {
        summary: 'With If-Match',
        path: { id: ids.articleOfMira },
        headers: { 'If-Match': '"1"' },
      },
    ],
  },
  'articles.rerender': {
    summary: 'Render all texts again',
    description:
      'For admins, after a change of the renderer: starts the job, or returns the one that runs. `GET /jobs/{id}` says how far it is.',
    examples: [{ summary: 'Start', answer: { jobId: ids.job } }],
  },
}

export const articles = { ...reading, ...writing }
