import { insertArticle } from '@galley/testing/publishing/factories'
import type { Cases, Setup } from '../../../platform/idempotency/case.ts'

const articleId = async ({ db, caller }: Setup) =>
  (await insertArticle(db, { authorId: caller.id })).id

export const cases: Cases = {
  'favourites.create': async (setup) => ({ input: { articleId: await articleId(setup) } }),
  'favourites.delete': async (setup) => ({ input: { articleId: await articleId(setup) } }),
}
