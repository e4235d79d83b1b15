import type { DeleteArticle } from '@galley/contract/publishing/articles'
import type { Deleted } from '@galley/contract/primitives'
import { transact } from '@galley/platform/ctx'
import type { AuthedCtx } from '../ctx.ts'
import { emit } from '@galley/platform/events/emit'
import { authorize } from '@galley/platform/errors'
import { getArticleToChange } from './internal.ts'
import { moveArticle } from './move.ts'
import { keepMediaInTrash } from './pictures.ts'
import { canManageArticle, isPublic } from './policy.ts'

/**
 * Moves the article to the trash with its comments and favourites: to everybody it is gone, its author and editors may
 * restore it until the sweep, and it holds its files as long.
 */
export function deleteArticle(ctx: AuthedCtx, input: DeleteArticle): Promise<Deleted> {
  return transact(ctx, async (tx) => {
    const article = await getArticleToChange(ctx, tx, input)
    authorize(canManageArticle(ctx.actor, article))
    const { id } = article
    const to = { status: 'trashed', deletedAt: ctx.now() } as const
    await moveArticle(ctx, tx, article, { to, change: 'deleted' })
    await keepMediaInTrash(tx, article)
    await emit(ctx, tx, 'article.trashed', { articleId: id })
    if (isPublic(article.status)) await emit(ctx, tx, 'article.deleted', { articleId: id })
    return { id }
  })
}
