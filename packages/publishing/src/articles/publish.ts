import type { ArticleAtVersion, ArticleSource } from '@galley/contract/publishing/articles'
import type { Tx } from '@galley/db/client'
import { pictureIdsIn } from '@galley/contract/publishing/pictures'
import { articles } from '@galley/db/schema'
import { eq } from 'drizzle-orm'
import { transact } from '@galley/platform/ctx'
import type { AuthedCtx } from '../ctx.ts'
import { AppError, authorize, isAllowed } from '@galley/platform/errors'
import { emit } from '@galley/platform/events/emit'
import { only } from '@galley/platform/rows'
import { recordVersion } from '../revisions/record.ts'
import { auditArticle, currentText, getArticleToChange, refuseIncomplete } from './internal.ts'
import { render } from '../render.ts'
import { keepMediaUses, mediaIdsOf, refuseUndescribed } from './pictures.ts'
import { canPublishArticle, canUnpublishArticle } from './policy.ts'
import { findArticle, type ArticleRow } from './queries.ts'
import { toArticleSource } from './view.ts'

/** Puts an article out. The first time sets its date and fixes its slug; publishing again keeps both. */
export async function publishArticle(
  ctx: AuthedCtx,
  input: ArticleAtVersion,
): Promise<ArticleSource> {
  const stored = await findArticle(ctx.db, input.id)
  const mayPublish = stored !== null && isAllowed(canPublishArticle(ctx.actor, stored))
  // What readers will see decides whether the article is complete.
  if (mayPublish) await currentText(ctx, stored)
  const used = mayPublish ? await usedPictures(ctx, stored.body) : []
  return transact(ctx, async (tx) => {
    const article = await getArticleToChange(ctx, tx, input)
    authorize(canPublishArticle(ctx.actor, article))
    refuseIncomplete(ctx, article)
    // Changed between the two looks, whichever version was asked for.
    if (article.body !== stored?.body) throw new AppError('article/stale-version')
    await refuseUndescribed({ ...ctx, db: tx }, article, used)
    return setStatus(ctx, tx, article, 'published')
  })
}

/** Takes an article back to a draft: only its author and editors see it from then on. */
export function unpublishArticle(ctx: AuthedCtx, input: ArticleAtVersion): Promise<ArticleSource> {
  return transact(ctx, async (tx) => {
    const article = await getArticleToChange(ctx, tx, input)
    authorize(canUnpublishArticle(ctx.actor, article))
    return setStatus(ctx, tx, article, 'draft')
  })
}

/** What the text says of its pictures; without any, it is not read again. */
async function usedPictures(ctx: AuthedCtx, body: string) {
  if (pictureIdsIn(body).length === 0) return []
  return (await render(ctx, body)).pictures
}

async function setStatus(
  ctx: AuthedCtx,
  tx: Tx,
  article: ArticleRow,
  status: 'draft' | 'published',
) {
  const publishedAt = article.publishedAt ?? (status === 'published' ? ctx.now() : null)
  // Not `updatedAt`: that is when the text was last changed.
  const change = { status, publishedAt, version: article.version + 1 }
  const row = only(
    await tx.update(articles).set(change).where(eq(articles.id, article.id)).returning(),
  )
  if (mediaIdsOf(row).length > 0) await keepMediaUses(ctx, tx, row, undefined)
  await recordVersion(tx, { before: article, after: row })
  const verb = status === 'published' ? 'published' : 'unpublished'
  await auditArticle(ctx, tx, verb, { before: article, after: row })
  await emit(ctx, tx, `article.${verb}`, { articleId: row.id })
  return toArticleSource(ctx.actor, row)
}
