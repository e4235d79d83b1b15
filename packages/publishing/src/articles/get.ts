import type { ArticleBySlug, ArticleView } from '@galley/contract/publishing/articles'
import { alignByKey, batched } from '@galley/db/batched'
import { prepared } from '@galley/db/prepared'
import { articles, users } from '@galley/db/schema'
import { viewerId } from '@galley/platform/ctx'
import { AppError, authorize } from '@galley/platform/errors'
import { eq, sql } from 'drizzle-orm'
import type { Ctx } from '../ctx.ts'
import { currentBodyHtml } from './internal.ts'
import { canSeeArticle } from './policy.ts'
import { summaryColumns, type Viewer } from './queries.ts'
import { toArticleView } from './view.ts'

/** One article to read; a draft only for its author and for editors. */
export async function getArticle(ctx: Ctx, input: ArticleBySlug): Promise<ArticleView> {
  const row = await findArticleBySlug(ctx.db, { viewer: viewerId(ctx.actor), slug: input.slug })
  if (!row) throw new AppError('article/not-found')
  authorize(canSeeArticle(ctx.actor, row))
  return toArticleView(ctx.actor, { ...row, bodyHtml: await currentBodyHtml(ctx, row) })
}

/** What is asked for, a row each, with its place. By a sub-select, so that one plan serves any number of them. */
const wanted = sql`unnest((select ${sql.placeholder('slugs')}::text[]), (select ${sql.placeholder('viewers')}::uuid[]))
  with ordinality as wanted (slug, viewer, place)`

const viewColumns = {
  place: sql<number>`wanted.place::int`,
  ...summaryColumns(sql`wanted.viewer`),
  authorId: articles.authorId,
  status: articles.status,
  version: articles.version,
  bodyHtml: articles.bodyHtml,
  renderVersion: articles.renderVersion,
  updatedAt: articles.updatedAt,
}

const bySlug = prepared((db) =>
  db
    .select(viewColumns)
    .from(wanted)
    .innerJoin(articles, eq(articles.slug, sql`wanted.slug`))
    .innerJoin(users, eq(users.id, articles.authorId))
    .prepare('articles_by_slug'),
)

const findArticleBySlug = batched(async (db, keys: readonly (Viewer & { slug: string })[]) => {
  const slugs = keys.map(({ slug }) => slug)
  const viewers = keys.map(({ viewer }) => viewer)
  const rows = await bySlug(db).execute({ slugs, viewers })
  const places = keys.map((_, at) => at + 1)
  return alignByKey(places, rows, ({ place }) => place)
})
