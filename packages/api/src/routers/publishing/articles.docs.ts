import type { ErrorReason } from '@galley/contract/errors'
import { describeSlice } from '../../docs.ts'
import { mira } from '../platform/users.docs.ts'
import { exampleJob } from '../platform/jobs.docs.ts'
import { stateOperations } from './article-states.docs.ts'
import { exampleArticle, exampleDraft, exampleSource, exampleSummary } from './articles.examples.ts'

const {
  body: _body,
  coverUrl: _coverUrl,
  coverMediaId: _coverMediaId,
  coverFocus: _coverFocus,
  ...exampleMine
} = exampleSource

const exampleAuthor = { username: mira.username, displayName: mira.displayName, avatarUrl: null }

const ofCover: ErrorReason[] = ['media/not-found', 'media/not-a-picture']

const toChange: ErrorReason[] = ['article/not-found', 'article/forbidden', 'article/stale-version']

export const docs = describeSlice(
  {
    about: 'Articles: read what is published, write and publish what is yours.',
    fields: {
      tag: 'Only with this tag.',
      author: 'Only by the person with this username, alone or with others.',
      sort: 'Published ones by the day of publication or by how many favour them; your own by their last change, `-updated` the longest unchanged first; deleted ones by when they were.',
      slug: 'The slug of the article, which its page has in its address, one that it had before, or its id.',
      of: 'Whose: your own by default, `everybody` for editors.',
    },
  },
  {
    list: {
      summary: 'List published articles',
      description: 'Newest first by default; of one tag, of one author, or both.',
      examples: [
        {
          summary: 'The last two about gardens',
          query: { tag: 'gardens', limit: 2, total: true },
          response: {
            items: [exampleSummary],
            page: { nextCursor: null, total: 1 },
          },
        },
        {
          summary: 'From the first, of one author',
          query: { author: exampleSummary.author.username, sort: 'oldest', offset: 0 },
          response: { items: [exampleSummary], page: { nextCursor: null } },
        },
      ],
    },
    bySlug: {
      summary: 'Read an article by its slug or id',
      description:
        'Its text as sanitised HTML. An archived one is there too; what is not published only for those who may edit it. `slug` in the response is the one of today: where it differs from what was asked for, links to the article should be changed.',
      refusals: ['article/not-found'],
      examples: [
        { summary: 'By slug', path: { id: exampleSummary.slug }, response: exampleArticle },
        { summary: 'By id', path: { id: exampleSummary.id }, response: exampleArticle },
      ],
    },
    around: {
      summary: 'List what to read after an article',
      description:
        'Published before and after it, and up to four that share its tags and the rare words of its title and description, the closest first. Of published articles.',
      refusals: ['article/not-found'],
      examples: [
        {
          summary: 'The first of all',
          path: { id: exampleSource.id },
          response: { previous: null, next: exampleSummary, related: [exampleSummary] },
        },
      ],
    },
    mine: {
      summary: 'List your own articles',
      description:
        'Of every status but what is in the trash, those too that you write along; last changed first by default.',
      examples: [
        {
          summary: 'What is published',
          query: { status: 'published', limit: 10 },
          response: {
            items: [{ ...exampleMine, authors: [exampleAuthor] }],
            page: { nextCursor: null },
          },
        },
      ],
    },
    source: {
      summary: 'Read an article to edit it',
      description: 'Its Markdown, for those who may edit it.',
      refusals: ['article/not-found', 'article/forbidden'],
      examples: [{ summary: 'By id', path: { id: exampleSource.id }, response: exampleSource }],
    },
    preview: {
      summary: 'Render Markdown',
      description: 'To sanitised HTML, as an article with this text would be. Nothing is stored.',
      refusals: ['markdown/too-complex'],
      examples: [
        {
          summary: 'A line',
          body: { body: 'Small trees *root* better.' },
          response: { bodyHtml: '<p>Small trees <em>root</em> better.</p>', words: 4 },
        },
      ],
    },
    create: {
      summary: 'Make a draft',
      description: 'It may lack anything; to publish it says what is missing. For authors.',
      refusals: ['article/forbidden', 'markdown/too-complex', ...ofCover],
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
          response: exampleDraft,
        },
      ],
    },
    update: {
      summary: 'Change an article',
      description:
        'Fields that are not sent stay. The version makes sure that no change is lost. After another `slug` the old address of an article that was published leads to it for ever.',
      refusals: [
        ...toChange,
        'article/incomplete',
        'article/alt-missing',
        'article/slug-taken',
        'article/too-many-slugs',
        'markdown/too-complex',
        ...ofCover,
      ],
      examples: [
        {
          summary: 'Another title, with If-Match',
          path: { id: exampleSource.id },
          headers: { 'If-Match': '"1"' },
          body: { title: 'Plant the tree smaller' },
          response: { ...exampleSource, title: 'Plant the tree smaller', version: 2 },
        },
        {
          summary: 'Other tags, with the version',
          path: { id: exampleSource.id },
          body: { version: 1, tags: ['gardens', 'trees'] },
          response: { ...exampleSource, tags: ['gardens', 'trees'], version: 2 },
        },
      ],
    },
    publish: {
      summary: 'Publish a draft, or what is scheduled, at once',
      description: 'From now on everybody may read it. What is in review is approved instead.',
      refusals: [
        ...toChange,
        'article/already-published',
        'article/in-review',
        'article/archived',
        'article/incomplete',
        'article/alt-missing',
      ],
      examples: [
        {
          summary: 'At its version',
          path: { id: exampleDraft.id },
          body: { version: 1 },
          response: {
            ...exampleDraft,
            status: 'published',
            version: 2,
            publishedAt: '2026-03-20T12:00:00.000Z',
            can: exampleSource.can,
          },
        },
      ],
    },
    unpublish: {
      summary: 'Make an article a draft again',
      description: 'Readers find it no more; its comments stay.',
      refusals: [...toChange, 'article/not-published', 'article/archived'],
      examples: [
        {
          summary: 'At its version',
          path: { id: exampleSource.id },
          body: { version: 1 },
          response: { ...exampleSource, status: 'draft', version: 2, can: exampleDraft.can },
        },
      ],
    },
    closeComments: {
      summary: 'Close the comments of an article',
      description:
        'It takes no further comments and replies; those that it has stay. Its version stays too.',
      refusals: ['article/not-found', 'article/forbidden'],
      examples: [
        {
          summary: 'By id',
          path: { id: exampleSource.id },
          response: { id: exampleSource.id, commentsClosed: true },
        },
      ],
    },
    openComments: {
      summary: 'Open the comments of an article again',
      description: 'It takes comments and replies as before.',
      refusals: ['article/not-found', 'article/forbidden'],
      examples: [
        {
          summary: 'By id',
          path: { id: exampleSource.id },
          response: { id: exampleSource.id, commentsClosed: false },
        },
      ],
    },
    delete: {
      summary: 'Delete an article',
      description:
        'For the one whose article it is. To everybody it is gone, with its comments; `POST /trash/{id}/restore` brings it back for 30 days. With a version, only if nobody has changed it since.',
      refusals: toChange,
      examples: [
        { summary: 'At its version', path: { id: exampleDraft.id }, query: { version: 1 } },
        {
          summary: 'With If-Match',
          path: { id: exampleSource.id },
          headers: { 'If-Match': '"1"' },
        },
      ],
    },
    ...stateOperations,
    rerender: {
      summary: 'Render all texts again',
      description:
        'For admins, after a change of the renderer: starts the job, or returns the one that runs. `GET /jobs/{id}` says how far it is.',
      refusals: ['job/already-running'],
      examples: [{ summary: 'Start', response: { jobId: exampleJob.id } }],
    },
  },
)
