import type { ErrorReason } from '@galley/contract/errors'
import type { describeSlice } from '../../docs.ts'
import {
  exampleArchived,
  exampleDraft,
  exampleInReview,
  exampleScheduled,
  exampleSource,
  exampleTrashed,
} from './articles.examples.ts'

const toChange: ErrorReason[] = ['article/not-found', 'article/forbidden', 'article/stale-version']

const ofContent: ErrorReason[] = ['article/incomplete', 'article/alt-missing']

const schedule = { at: '2046-10-15T06:00:00.000Z', zone: 'Europe/Berlin' }

const atVersion = ({ id }: { id: string }, response: unknown) => ({
  summary: 'At its version',
  path: { id },
  body: { version: 1 },
  response,
})

/** What is said of the steps that an article takes. */
export const stateOperations = {
  schedule: {
    summary: 'Publish or unpublish an article at a time',
    description:
      'A draft is published at the time, a published article becomes a draft again; in the place of a time that was set before. The time is in UTC; the zone is the one in which it was chosen. Who sets it must still be allowed to publish at that time: otherwise, or where the article is no longer complete, it becomes a draft with a `notice`.',
    refusals: [
      ...toChange,
      'article/already-published',
      'article/not-published',
      'article/in-review',
      'article/archived',
      ...ofContent,
    ],
    examples: [
      {
        summary: 'Publish a draft on an autumn morning',
        path: { id: exampleDraft.id },
        body: { version: 1, action: 'publish', ...schedule },
        response: {
          ...exampleDraft,
          status: 'scheduled',
          version: 2,
          schedule: exampleScheduled.schedule,
          can: exampleScheduled.can,
        },
      },
    ],
  },
  unschedule: {
    summary: 'Take back the time of an article',
    description: 'What was scheduled is a draft again; what is published stays so.',
    refusals: [...toChange, 'article/not-scheduled'],
    examples: [
      atVersion(exampleScheduled, {
        ...exampleScheduled,
        status: 'draft',
        version: 2,
        schedule: null,
        can: exampleDraft.can,
      }),
    ],
  },
  archive: {
    summary: 'Archive a published article',
    description:
      'It keeps its address, its comments and favourites, and is in no list, feed, count or search. It takes no new comments and favourites.',
    refusals: [...toChange, 'article/not-published', 'article/archived'],
    examples: [
      atVersion(exampleSource, {
        ...exampleSource,
        status: 'archived',
        version: 2,
        can: exampleArchived.can,
      }),
    ],
  },
  unarchive: {
    summary: 'Take an article out of the archive',
    description: 'It is published again, as it was.',
    refusals: [...toChange, 'article/not-archived'],
    examples: [
      atVersion(exampleArchived, {
        ...exampleArchived,
        status: 'published',
        version: 2,
        can: exampleSource.can,
      }),
    ],
  },
  requestReview: {
    summary: 'Ask for a review of a draft',
    description: 'Editors approve it, or send it back with a reason. It may still be changed.',
    refusals: [...toChange, 'article/in-review', 'article/not-a-draft', 'article/incomplete'],
    examples: [
      {
        summary: 'With a note',
        path: { id: exampleDraft.id },
        body: { version: 1, note: 'Is the second part too long?' },
        response: { ...exampleDraft, status: 'in_review', version: 2, can: exampleInReview.can },
      },
    ],
  },
  withdrawReview: {
    summary: 'Take an article back from review',
    description: 'It is a draft again.',
    refusals: [...toChange, 'article/not-in-review'],
    examples: [
      atVersion(exampleInReview, {
        ...exampleInReview,
        status: 'draft',
        version: 2,
        can: exampleDraft.can,
      }),
    ],
  },
  approve: {
    summary: 'Approve an article',
    description: 'For editors: publishes what is in review, at once or at a time.',
    refusals: [...toChange, 'article/not-in-review', ...ofContent],
    examples: [
      {
        summary: 'For an autumn morning',
        path: { id: exampleInReview.id },
        body: { version: 1, schedule },
        response: {
          ...exampleInReview,
          status: 'scheduled',
          version: 2,
          schedule: exampleScheduled.schedule,
          can: exampleScheduled.can,
        },
      },
    ],
  },
  sendBack: {
    summary: 'Send an article back to its author',
    description: 'For editors: what is in review is a draft again; its author reads the reason.',
    refusals: [...toChange, 'article/not-in-review'],
    examples: [
      {
        summary: 'With a reason',
        path: { id: exampleInReview.id },
        body: { version: 1, reason: 'The second part repeats the first.' },
        response: {
          ...exampleInReview,
          status: 'draft',
          version: 2,
          notice: {
            kind: 'sent_back',
            reason: 'The second part repeats the first.',
            at: '2026-03-20T12:00:00.000Z',
          },
          can: exampleDraft.can,
        },
      },
    ],
  },
  trash: {
    summary: 'List what is in the trash',
    description:
      'Your own deleted articles, or those of everybody for editors; last deleted first.',
    refusals: ['role/required'],
    examples: [
      {
        summary: 'Your own',
        query: { limit: 10 },
        response: { items: [exampleTrashed], page: { nextCursor: null } },
      },
    ],
  },
  restore: {
    summary: 'Take an article out of the trash',
    description:
      'It is a draft again at its address, with its comments and favourites for when it is published.',
    refusals: ['article/not-found'],
    examples: [
      {
        summary: 'By id',
        path: { id: exampleTrashed.id },
        response: {
          ...exampleDraft,
          id: exampleTrashed.id,
          slug: exampleTrashed.slug,
          title: exampleTrashed.title,
          version: 2,
        },
      },
    ],
  },
  purge: {
    summary: 'Delete an article for good',
    description: 'What is in the trash, with its comments and favourites.',
    refusals: ['article/not-found'],
    examples: [{ summary: 'By id', path: { id: exampleTrashed.id } }],
  },
} satisfies Parameters<typeof describeSlice>[1]
