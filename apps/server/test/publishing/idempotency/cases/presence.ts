import { insertArticle } from '@galley/testing/publishing/factories'
import type { Cases, Setup } from '../../../platform/idempotency/case.ts'

const pageOf = async ({ db, caller }: Setup) => ({
  articleId: (await insertArticle(db, { authorId: caller.id, renderVersion: 0 })).id,
  pageId: crypto.randomUUID(),
})

export const cases: Cases = {
  'presence.announce': async (setup) => ({ input: { ...(await pageOf(setup)), place: null } }),
  'presence.leave': async (setup) => ({ input: await pageOf(setup) }),
}
