import { Id } from '@galley/contract/primitives'
import type {
  ArticleById,
  ArticleBySlug,
  ArticleSource,
  ArticleView,
} from '@galley/contract/publishing/articles'
import { alignByKey, batched } from '@galley/db/batched'
import type { Db, Queryable } from '@galley/db/client'
import { prepared } from '@galley/db/prepared'
import { articles, formerSlugs, users } from '@galley/db/schema'
import { viewerId } from '@galley/platform/ctx'
import { AppError, authorize } from '@galley/platform/errors'
import { eq, sql, type SQL } from 'drizzle-orm'
import type { AuthedCtx, Ctx } from '../ctx.ts'
import { currentText } from './internal.ts'
import { canReadSource, canSeeArticle } from './policy.ts'
import { findArticle, summaryColumns, type Viewer } from './queries.ts'
import { toArticleSource, toArticleView } from './view.ts'

/**
 * One article to read, by its id, its slug or one that it had; also an archived one. What is not published is there only for
 * those who write it and for editors.
 */
export async function getArticle(ctx: Ctx, input: ArticleBySlug): Promise<ArticleView> {
  const key = { viewer: viewerId(ctx.actor), name: input.slug }
  // An id comes first: a title that reads like the id of another article must not take its place.
  const found = Id.safeParse(input.slug).success ? await findArticleById(ctx.db, key) : null
  const row = found ?? (await findArticleBySlug(ctx.db, key)) ?? (await findRenamed(ctx.db, key))
  if (!row) throw new AppError('article/not-found')
  authorize(canSeeArticle(ctx.actor, row))
  return toArticleView(ctx, { ...row, ...(await currentText(ctx, row)) })
}

/** What is asked for, a row each, with its place. By a sub-select, so that one plan serves any number of them. */
const wanted = sql`unnest((select ${sql.placeholder('names')}::text[]), (select ${sql.placeholder('viewers')}::uuid[]))
  with ordinality as wanted (name, viewer, place)`

const viewColumns = {
  place: sql<number>`wanted.place::int`,
  ...summaryColumns(sql`wanted.viewer`),
  authorId: articles.authorId,
  bylineIds: articles.bylineIds,
  status: articles.status,
  scheduledAt: articles.scheduledAt,
  version: articles.version,
  bodyHtml: articles.bodyHtml,
  headings: articles.headings,
  renderVersion: articles.renderVersion,
  updatedAt: articles.updatedAt,
  commentsClosed: articles.commentsClosed,
}

const view = (db: Queryable, isNamed: SQL) =>
  db
    .select(viewColumns)
    .from(wanted)
    .innerJoin(articles, isNamed)
    .innerJoin(users, eq(users.id, articles.authorId))

const bySlug = prepared((db) =>
  view(db, eq(articles.slug, sql`wanted.name`)).prepare('articles_by_slug'),
)
const byId = prepared((db) =>
  view(db, eq(articles.id, sql`wanted.name::uuid`)).prepare('articles_by_id'),
)

const lookUp = (statement: typeof bySlug) =>
  batched(async (db, keys: readonly (Viewer & { name: string })[]) => {
    const names = keys.map(({ name }) => name)
    const viewers = keys.map(({ viewer }) => viewer)
    const rows = await statement(db).execute({ names, viewers })
    const places = keys.map((_, at) => at + 1)
    return alignByKey(places, rows, ({ place }) => place)
  })

const findArticleBySlug = lookUp(bySlug)
const findArticleById = lookUp(byId)

/** Looked for only where nothing has the slug today. */
async function findRenamed(db: Db, { viewer, name }: Viewer & { name: string }) {
  const [former] = await db
    .select({ id: formerSlugs.articleId })
    .from(formerSlugs)
    .where(eq(formerSlugs.slug, name))
  return former ? findArticleById(db, { viewer, name: former.id }) : null
}

/** An article as it is now, for somebody of whom another slice knows that they may see it. */
export async function findArticleToShow(ctx: Ctx, id: string) {
  const row = await findArticleById(ctx.db, { viewer: null, name: id })
  return row && { ...row, ...(await currentText(ctx, row)) }
}

/** The Markdown of one article, for those who may edit it. */
export async function getArticleSource(ctx: AuthedCtx, input: ArticleById): Promise<ArticleSource> {
  const row = await findArticle(ctx.db, input.id)
  if (!row) throw new AppError('article/not-found')
  authorize(canReadSource(ctx.actor, row))
  return toArticleSource(ctx, row)
}
