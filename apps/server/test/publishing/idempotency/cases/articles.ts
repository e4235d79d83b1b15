import { insertArticle } from '@galley/testing/publishing/factories'
import type { Cases, Setup } from '../../../platform/idempotency/case.ts'

const article = ({ db, caller }: Setup, values = {}) =>
  insertArticle(db, { authorId: caller.id, renderVersion: 0, ...values })

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
  'articles.delete': async (setup) => ({ input: { id: (await article(setup)).id } }),
  'articles.rerender': async () => ({ input: {} }),
}
