import type { RevisionSummary, RevisionView } from '@galley/contract/publishing/revisions'
import { describeSlice } from '../../docs.ts'
import { exampleUser } from '../platform/users.docs.ts'
import { exampleSource } from './articles.examples.ts'

const { username, displayName } = exampleUser

/** The text of `exampleSource`. */
export const exampleLater: RevisionSummary = {
  id: '0192f3a1-5b7c-7d2e-9a41-3c5d7e9f1b62',
  articleId: exampleSource.id,
  version: 1,
  author: { username, displayName, avatarUrl: null },
  cause: 'saved',
  reason: 'Said what it is about.',
  wasPublic: true,
  restoredVersion: null,
  title: exampleSource.title,
  words: 4,
  createdAt: '2026-02-01T09:00:00.000Z',
  savedAt: '2026-02-01T09:00:00.000Z',
}

/** Of another article, the draft that it was restored in. */
export const exampleRevision: RevisionView = {
  ...exampleLater,
  description: exampleSource.description,
  coverUrl: null,
  coverMediaId: null,
  coverFocus: null,
  body: exampleSource.body,
  language: null,
  tags: exampleSource.tags,
}

export const docs = describeSlice(
  {
    about: 'Revisions: the texts that an article has had, for those who may edit it.',
    fields: {
      against: 'The revision to compare with; by default the one before.',
    },
  },
  {
    list: {
      summary: 'List the revisions of an article',
      description:
        'Newest first by default; the newest is what the article has now. Saves of one person within ten minutes are one revision.',
      refusals: ['article/not-found', 'article/forbidden'],
      examples: [
        {
          summary: 'The last ten',
          path: { articleId: exampleSource.id },
          query: { limit: 10 },
          response: { items: [exampleLater], page: { nextCursor: null } },
        },
      ],
    },
    get: {
      summary: 'Read a revision',
      description: 'Its Markdown and its other fields.',
      refusals: ['revision/not-found', 'article/forbidden'],
      examples: [{ summary: 'By id', path: { id: exampleRevision.id }, response: exampleRevision }],
    },
    compare: {
      summary: 'Compare two revisions',
      description:
        'Word by word: the parts of the Markdown, and the sanitised HTML of the later text with what is new in `ins` and what is gone in `del`. Texts that differ too much to be compared so within half a second have `isRough` set and longer parts.',
      refusals: ['revision/not-found', 'article/forbidden', 'markdown/too-complex'],
      examples: [
        {
          summary: 'With the one before, of which there is none',
          path: { id: exampleRevision.id },
          response: {
            before: null,
            after: exampleLater,
            fields: [{ field: 'title', before: '', after: exampleLater.title }],
            source: [{ kind: 'added', text: exampleRevision.body }],
            html: '<p><ins>Small trees </ins><em><ins>root</ins></em><ins> better.</ins></p>',
            isRough: false,
          },
        },
      ],
    },
    restore: {
      summary: 'Restore a revision',
      description:
        'The article gets its text back, as a new revision: nothing that came after is lost. Checked like any other change of the article.',
      refusals: [
        'revision/not-found',
        'article/not-found',
        'article/forbidden',
        'article/stale-version',
        'article/incomplete',
        'article/alt-missing',
        'markdown/too-complex',
        'media/not-found',
        'media/not-a-picture',
      ],
      examples: [
        {
          summary: 'Over the version that was seen last',
          path: { id: exampleRevision.id },
          body: { version: 1, reason: 'The old beginning was better.' },
          response: { ...exampleSource, version: 2 },
        },
      ],
    },
  },
)
