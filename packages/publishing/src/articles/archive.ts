import type { ArticleAtVersion } from '@galley/contract/publishing/article-steps'
import type { ArticleSource } from '@galley/contract/publishing/articles'
import { transact } from '@galley/platform/ctx'
import { authorize } from '@galley/platform/errors'
import { emit } from '@galley/platform/events/emit'
import type { AuthedCtx } from '../ctx.ts'
import { getArticleToChange } from './internal.ts'
import { moveArticle } from './move.ts'
import { canUnarchive, canUnpublishArticle } from './policy.ts'
import { toArticleSource } from './view.ts'

/** Takes an article out of all lists: it stays at its address, with its comments, and takes no new ones. */
export const archiveArticle = (ctx: AuthedCtx, input: ArticleAtVersion): Promise<ArticleSource> =>
  transact(ctx, async (tx) => {
    const article = await getArticleToChange(ctx, tx, input)
    authorize(canUnpublishArticle(ctx.actor, article))
    const to = { status: 'archived' } as const
    const row = await moveArticle(ctx, tx, article, { to, change: 'archived' })
    await emit(ctx, tx, 'article.archived', { articleId: row.id })
    return toArticleSource(ctx, row)
  })

/** Makes an archived article one that is published, as it was. */
export const unarchiveArticle = (ctx: AuthedCtx, input: ArticleAtVersion): Promise<ArticleSource> =>
  transact(ctx, async (tx) => {
    const article = await getArticleToChange(ctx, tx, input)
    authorize(canUnarchive(ctx.actor, article))
    const to = { status: 'published' } as const
    const row = await moveArticle(ctx, tx, article, { to, change: 'unarchived' })
    await emit(ctx, tx, 'article.unarchived', { articleId: row.id })
    return toArticleSource(ctx, row)
  })
