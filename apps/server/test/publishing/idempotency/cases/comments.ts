import { insertArticle, insertComment } from '@galley/testing/publishing/factories'
import type { Cases, Setup } from '../../../platform/idempotency/case.ts'

const article = ({ db, caller }: Setup) => insertArticle(db, { authorId: caller.id })

const comment = async (setup: Setup) =>
  insertComment(setup.db, { articleId: (await article(setup)).id, authorId: setup.caller.id })

export const cases: Cases = {
  'comments.create': async (setup) => ({
    input: { articleId: (await article(setup)).id, body: 'Text' },
  }),
  'comments.update': async (setup) => ({
    input: { id: (await comment(setup)).id, body: 'Changed' },
  }),
  'comments.delete': async (setup) => ({ input: { id: (await comment(setup)).id } }),
}
