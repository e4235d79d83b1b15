import type { ArticleAtVersion } from '@galley/contract/publishing/article-steps'
import type { ArticleSource } from '@galley/contract/publishing/articles'
import { transact } from '@galley/platform/ctx'
import { authorize, isAllowed } from '@galley/platform/errors'
import type { AuthedCtx } from '../ctx.ts'
import { getArticleToChange } from './internal.ts'
import { putOut, takeBack } from './move.ts'
import { canPublishArticle, canUnpublishArticle } from './policy.ts'
import { lookThrough, refuseUnpublishable } from './publishable.ts'
import { rulesOf } from './rules.ts'
import { toArticleSource } from './view.ts'

/** Puts an article out at once, also one that was scheduled. */
export async function publishArticle(
  ctx: AuthedCtx,
  input: ArticleAtVersion,
): Promise<ArticleSource> {
  const looked = await lookThrough(ctx, input.id, (article) =>
    isAllowed(canPublishArticle(ctx.actor, article, rulesOf(ctx))),
  )
  return transact(ctx, async (tx) => {
    const article = await getArticleToChange(ctx, tx, input)
    authorize(canPublishArticle(ctx.actor, article, rulesOf(ctx)))
    await refuseUnpublishable(ctx, tx, article, looked)
    return toArticleSource(ctx, await putOut(ctx, tx, article))
  })
}

/** Takes an article back to a draft: only its author and editors see it from then on. */
export function unpublishArticle(ctx: AuthedCtx, input: ArticleAtVersion): Promise<ArticleSource> {
  return transact(ctx, async (tx) => {
    const article = await getArticleToChange(ctx, tx, input)
    authorize(canUnpublishArticle(ctx.actor, article))
    return toArticleSource(ctx, await takeBack(ctx, tx, article))
  })
}
