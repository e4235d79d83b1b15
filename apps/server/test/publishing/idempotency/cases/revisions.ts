import { insertArticle, insertRevision } from '@galley/testing/publishing/factories'
import type { Cases } from '../../../platform/idempotency/case.ts'

export const cases: Cases = {
  'revisions.restore': async ({ db, caller }) => {
    const { id: articleId } = await insertArticle(db, { authorId: caller.id, renderVersion: 0 })
    const earlier = { articleId, authorId: caller.id, body: 'An earlier text.' }
    return { input: { id: (await insertRevision(db, earlier)).id, version: 1 } }
  },
}
