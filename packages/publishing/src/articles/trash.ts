import type { Deleted, Page } from '@galley/contract/primitives'
import type {
  ArticleById,
  ArticleSource,
  ListTrash,
  TrashedArticle,
  TrashOrder,
} from '@galley/contract/publishing/articles'
import type { Tx } from '@galley/db/client'
import { articles } from '@galley/db/schema'
import type { JobDefinition } from '@galley/jobs/jobs'
import { isEditor } from '@galley/platform/actor'
import { transact } from '@galley/platform/ctx'
import { AppError, authorize } from '@galley/platform/errors'
import { emit } from '@galley/platform/events/emit'
import { countListed } from '@galley/platform/count-listed'
import { byId, byTime, listSorted, type Order, type Orders, reversed } from '@galley/platform/order'
import { toByline } from '@galley/platform/users/queries'
import { and, eq, isNotNull, lt, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { AuthedCtx, Ctx } from '../ctx.ts'
import { auditArticle, markStale } from './internal.ts'
import { moveArticle } from './move.ts'
import { releaseMediaInTrash, takeMediaFromTrash } from './pictures.ts'
import { canRestore } from './policy.ts'
import { findArticleForUpdate, listByChange, type ArticleRow } from './queries.ts'
import { toArticleSource } from './view.ts'

/** How long an article stays in the trash. */
const TRASH_MS = 30 * 24 * 60 * 60_000

// Of the time too, which is all that the index in its order is of.
const isTrashed = and(eq(articles.status, sql`'trashed'`), isNotNull(articles.deletedAt))

/** What is in the trash: of the caller, or for editors of everybody. */
export function listTrash(ctx: AuthedCtx, input: ListTrash): Promise<Page<TrashedArticle>> {
  const { of = 'mine' } = input
  if (of === 'everybody') authorize(isEditor(ctx.actor) ? 'ok' : 'role/required')
  const isWanted = and(
    isTrashed,
    of === 'everybody' ? undefined : eq(articles.authorId, ctx.actor.user.id),
  )
  return listSorted(input, {
    orders,
    byDefault: 'deleted',
    find: (start) => listByChange(ctx.db, isWanted, start),
    count: () => countListed(ctx.db, articles, isWanted),
    toItem: toTrashedArticle,
  })
}

type Place = { id: string; deletedAt: Date | null }

const timeOf = ({ deletedAt }: Pick<Place, 'deletedAt'>) => deletedAt ?? new Date(0)

const leastRecent: Order<Place> = [
  byTime(articles.deletedAt, timeOf),
  byId(articles.id, (row) => row.id),
]

const orders: Orders<z.output<typeof TrashOrder>, Place> = {
  deleted: reversed(leastRecent),
  '-deleted': leastRecent,
}

type Row = Awaited<ReturnType<typeof listByChange>>[number]

const toTrashedArticle = (row: Row): TrashedArticle => ({
  id: row.id,
  slug: row.slug,
  title: row.title,
  description: row.description,
  words: row.words,
  author: toByline(row.author),
  publishedAt: row.publishedAt?.toISOString() ?? null,
  deletedAt: timeOf(row).toISOString(),
  until: new Date(timeOf(row).getTime() + TRASH_MS).toISOString(),
})

/** Takes an article out of the trash, as a draft: it keeps its address and what was said of it for when it is published. */
export const restoreArticle = (ctx: AuthedCtx, input: ArticleById): Promise<ArticleSource> =>
  transact(ctx, async (tx) => {
    const article = await getTrashed(ctx, tx, input)
    const to = { status: 'draft', deletedAt: null, ...(await keptCover(ctx, tx, article)) } as const
    const row = await moveArticle(ctx, tx, article, { to, change: 'restored' })
    // Its pictures may have changed, or gone, meanwhile.
    await markStale(tx, row.id)
    await emit(ctx, tx, 'article.restored', { articleId: row.id })
    return toArticleSource(ctx, row)
  })

/** A cover that it may not use again is left out. */
async function keptCover(ctx: AuthedCtx, tx: Tx, article: ArticleRow) {
  const used = await takeMediaFromTrash(ctx, tx, article)
  return used.some((file) => file.id === article.coverMediaId) ? {} : { coverMediaId: null }
}

/** Deletes what is in the trash for good, with its comments and favourites. */
export const purgeArticle = (ctx: AuthedCtx, input: ArticleById): Promise<Deleted> =>
  transact(ctx, async (tx) => {
    const article = await getTrashed(ctx, tx, input)
    await purge(ctx, tx, article)
    return { id: article.id }
  })

async function getTrashed(ctx: AuthedCtx, tx: Tx, { id }: ArticleById): Promise<ArticleRow> {
  const article = await findArticleForUpdate(tx, id)
  if (!article) throw new AppError('article/not-found')
  authorize(canRestore(ctx.actor, article))
  return article
}

async function purge(ctx: Ctx, tx: Tx, article: ArticleRow): Promise<void> {
  await releaseMediaInTrash(ctx, tx, article)
  await tx.delete(articles).where(eq(articles.id, article.id))
  await auditArticle(ctx, tx, 'purged', { before: article })
}

export const sweepTrash: JobDefinition<Record<string, never>> = {
  name: 'articles.sweep-trash',
  payload: z.strictObject({}),
  cron: '25 * * * *',
  timeoutSeconds: 10 * 60,
}

const BATCH = 50

/** Deletes for good what has been in the trash for 30 days. */
export async function deleteOldTrash(ctx: Ctx): Promise<void> {
  const before = new Date(ctx.now().getTime() - TRASH_MS)
  let count = 0
  for (let found = BATCH; found === BATCH; count += found) {
    found = await transact(ctx, async (tx) => {
      const rows = await tx
        .select()
        .from(articles)
        .where(and(isTrashed, lt(articles.deletedAt, before)))
        .orderBy(articles.id)
        .limit(BATCH)
        .for('update', { skipLocked: true })
      for (const article of rows) await purge(ctx, tx, article)
      return rows.length
    })
  }
  ctx.log.info({ count }, 'old trash deleted')
}
