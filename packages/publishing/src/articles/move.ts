import type { Tx } from '@galley/db/client'
import { articles } from '@galley/db/schema'
import { eq } from 'drizzle-orm'
import { emit } from '@galley/platform/events/emit'
import { only } from '@galley/platform/rows'
import type { Ctx } from '../ctx.ts'
import { recordVersion } from '../revisions/record.ts'
import { auditArticle, type Change } from './internal.ts'
import { keepMediaUses, mediaIdsOf } from './pictures.ts'
import { isPublic } from './policy.ts'
import type { ArticleRow } from './queries.ts'

/**
 * Changes where an article stands, on the record. Not `updatedAt`: that is when the text was last changed. A time that was
 * set and a notice are gone with it, unless `to` has them.
 */
export async function moveArticle(
  ctx: Ctx,
  tx: Tx,
  article: ArticleRow,
  { to, change }: { to: Partial<ArticleRow>; change: Change },
): Promise<ArticleRow> {
  const values = { ...settled, ...to, version: article.version + 1 }
  const row = only(
    await tx.update(articles).set(values).where(eq(articles.id, article.id)).returning(),
  )
  const isGone = row.status === 'trashed'
  const isShownOrHidden = isPublic(row.status) !== isPublic(article.status)
  if (isShownOrHidden && !isGone && mediaIdsOf(row).length > 0) {
    await keepMediaUses(ctx, tx, row, undefined)
  }
  await recordVersion(tx, { before: article, after: row })
  await auditArticle(ctx, tx, change, { before: article, ...(!isGone && { after: row }) })
  return row
}

const settled = { scheduledAt: null, scheduledZone: null, scheduledBy: null, notice: null }

/** The first time sets its date and fixes its slug; publishing again keeps both. */
export async function putOut(ctx: Ctx, tx: Tx, article: ArticleRow): Promise<ArticleRow> {
  const to = { status: 'published', publishedAt: article.publishedAt ?? ctx.now() } as const
  const row = await moveArticle(ctx, tx, article, { to, change: 'published' })
  await emit(ctx, tx, 'article.published', { articleId: row.id })
  return row
}

export async function takeBack(ctx: Ctx, tx: Tx, article: ArticleRow): Promise<ArticleRow> {
  const row = await moveArticle(ctx, tx, article, {
    to: { status: 'draft' },
    change: 'unpublished',
  })
  await emit(ctx, tx, 'article.unpublished', { articleId: row.id })
  return row
}
