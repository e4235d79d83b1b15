import { insertArticle } from '@galley/testing/publishing/factories'
import type { Cases, Setup } from '../../../platform/idempotency/case.ts'

const article = ({ db, caller }: Setup, values = {}) =>
  insertArticle(db, { authorId: caller.id, renderVersion: 0, ...values })

const scheduled = {
  status: 'scheduled',
  scheduledAt: new Date('2046-10-15T06:00:00Z'),
  scheduledZone: 'Europe/Berlin',
}

const trashed = { status: 'trashed', deletedAt: new Date() }

export const cases: Cases = {
  'articles.preview': async () => ({ input: { body: '*Text*' } }),
  'articles.create': async () => ({ input: { title: 'New', body: 'Text', tags: ['one'] } }),
  'articles.update': async (setup) => ({
    input: { id: (await article(setup)).id, version: 1, title: 'Changed', tags: ['two'] },
  }),
  'articles.publish': async (setup) => ({
    input: { id: (await article(setup, { status: 'draft' })).id, version: 1 },
  }),
  'articles.unpublish': async (setup) => ({
    input: { id: (await article(setup)).id, version: 1 },
  }),
  'articles.closeComments': async (setup) => ({ input: { id: (await article(setup)).id } }),
  'articles.openComments': async (setup) => ({
    input: { id: (await article(setup, { commentsClosed: true })).id },
  }),
  'articles.schedule': async (setup) => ({
    input: {
      id: (await article(setup, { status: 'draft' })).id,
      version: 1,
      action: 'publish',
      at: '2046-10-15T06:00:00.000Z',
      zone: 'Europe/Berlin',
    },
  }),
  'articles.unschedule': async (setup) => ({
    input: { id: (await article(setup, scheduled)).id, version: 1 },
  }),
  'articles.archive': async (setup) => ({ input: { id: (await article(setup)).id, version: 1 } }),
  'articles.unarchive': async (setup) => ({
    input: { id: (await article(setup, { status: 'archived' })).id, version: 1 },
  }),
  'articles.requestReview': async (setup) => ({
    input: { id: (await article(setup, { status: 'draft' })).id, version: 1 },
  }),
  'articles.withdrawReview': async (setup) => ({
    input: { id: (await article(setup, { status: 'in_review' })).id, version: 1 },
  }),
  'articles.approve': async (setup) => ({
    input: { id: (await article(setup, { status: 'in_review' })).id, version: 1 },
  }),
  'articles.sendBack': async (setup) => ({
    input: {
      id: (await article(setup, { status: 'in_review' })).id,
      version: 1,
      reason: 'Too long.',
    },
  }),
  'reviewNotes.create': async (setup) => ({
    input: { articleId: (await article(setup, { status: 'in_review' })).id, body: 'A note.' },
  }),
  'articles.restore': async (setup) => ({ input: { id: (await article(setup, trashed)).id } }),
  'articles.purge': async (setup) => ({ input: { id: (await article(setup, trashed)).id } }),
  'articles.delete': async (setup) => ({ input: { id: (await article(setup)).id } }),
  'articles.rerender': async () => ({ input: {} }),
}
