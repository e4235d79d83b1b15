import { randomInt } from 'node:crypto'
import type { ArticleAtVersion } from '@galley/contract/publishing/article-steps'
import { addressText, hasVisibleText } from '@galley/contract/text'
import type { Queryable, Tx } from '@galley/db/client'
import { isUniqueViolation } from '@galley/db/errors'
import { articles, formerSlugs } from '@galley/db/schema'
import { recordAudit } from '@galley/platform/audit/record'
import { AppError, authorize } from '@galley/platform/errors'
import type { MediaUser } from '@galley/platform/media/uses'
import { and, eq, inArray, ne } from 'drizzle-orm'
import type { AuthedCtx, Ctx } from '../ctx.ts'
import { outdated, render, renderedOrStored } from '../render.ts'
import { shownPictures } from './pictures.ts'
import { canEditArticle, isWriterOf } from './policy.ts'
import { findArticle, findArticleForUpdate, type ArticleRow } from './queries.ts'

type Wanted = Omit<ArticleAtVersion, 'version'> & Partial<Pick<ArticleAtVersion, 'version'>>

/**
 * The article, locked, for a caller who may edit it.
 * Throws not-found where the caller may not see it, forbidden, or stale-version where `version` is not the stored one.
 */
export async function getArticleToChange(
  ctx: AuthedCtx,
  tx: Tx,
  wanted: Wanted,
): Promise<ArticleRow> {
  const article = await findArticleForUpdate(tx, wanted.id)
  if (!article) throw new AppError('article/not-found')
  authorize(canEditArticle(ctx.actor, article))
  const { version = 'any' } = wanted
  if (version !== 'any' && version !== article.version) throw new AppError('article/stale-version')
  return article
}

export type Change =
  | 'updated'
  | 'slug-changed'
  | 'published'
  | 'unpublished'
  | 'archived'
  | 'unarchived'
  | 'scheduled'
  | 'unscheduled'
  | 'schedule-missed'
  | 'review-requested'
  | 'review-withdrawn'
  | 'approved'
  | 'sent-back'
  | 'deleted'
  | 'restored'
  | 'purged'

/** Records a change of an article; one of its text only by somebody who is not on its byline. */
export async function auditArticle(
  ctx: Ctx,
  tx: Tx,
  change: Change,
  { before, after }: { before: ArticleRow; after?: ArticleRow },
): Promise<void> {
  if (change === 'updated' && isWriterOf(ctx.actor, before)) return
  await recordAudit(ctx, tx, {
    action: `article.${change}`,
    target: { type: 'article', id: before.id },
    before: factsOf(before),
    ...(after && { after: factsOf(after) }),
  })
}

// The text itself is long, and not for a log.
const factsOf = ({ scheduledAt, notice, ...row }: ArticleRow) => {
  const { authorId, slug, title, status, version } = row
  return {
    authorId,
    slug,
    title,
    status,
    version,
    ...(scheduledAt && { scheduledAt: scheduledAt.toISOString() }),
    ...(notice && { reason: notice.reason }),
  }
}

/** `bodyHtml` is left out where the text stays as it was published. */
type Content = { title: string; bodyHtml: string | undefined }

/** A published article has a title and a text that readers see; throws `article/incomplete` with the fields that lack. */
export function refuseIncomplete({ markdown }: Ctx, { title, bodyHtml }: Content) {
  const missing = [
    ...(hasVisibleText(title) ? [] : ['title']),
    ...(bodyHtml !== undefined && markdown.isBlank(bodyHtml) ? ['body'] : []),
  ]
  const fields = missing.map((path) => ({ path, message: 'Must not be empty.' }))
  if (fields.length > 0) throw new AppError('article/incomplete', { fields })
}

/** The columns that a Markdown text fills; the pictures that it uses, and those that it shows. */
export async function renderBody(ctx: Ctx, body: string, by: MediaUser) {
  const shown = await shownPictures(ctx, body, by)
  const { html, words, language, pictures, headings } = await render(ctx, body, { pictures: shown })
  const columns = {
    body,
    bodyHtml: html,
    headings,
    words,
    detectedLanguage: language,
    renderVersion: ctx.markdown.version,
  }
  return { columns, used: pictures, shown }
}

/** The same for a text that is stored. */
export async function renderedBody(
  ctx: Ctx,
  { id, authorId, body }: Pick<ArticleRow, 'id' | 'authorId' | 'body'>,
) {
  const { columns } = await renderBody(ctx, body, { ownerIds: [authorId], usedBy: id })
  return columns
}

/** Has the HTML of articles made again when they are next read. Returns whether there are any. */
export async function markStale(tx: Queryable, ...ids: string[]): Promise<boolean> {
  if (ids.length === 0) return false
  const marked = await tx
    .update(articles)
    .set({ renderVersion: outdated(articles.renderVersion) })
    .where(inArray(articles.id, ids))
    .returning({ id: articles.id })
  return marked.length > 0
}

/** Stores what was rendered again of a text, unless that was changed, or is to be rendered once more, since it was read. */
export const keepRendered = (
  { db }: Ctx,
  { id, version, renderVersion }: Pick<ArticleRow, 'id' | 'version' | 'renderVersion'>,
  rendered: Awaited<ReturnType<typeof renderedBody>>,
) =>
  db
    .update(articles)
    .set(rendered)
    .where(
      and(
        eq(articles.id, id),
        eq(articles.version, version),
        eq(articles.renderVersion, renderVersion),
      ),
    )

type Shown = Pick<ArticleRow, 'bodyHtml' | 'headings'>

/** What readers see of the text: as stored, rendered again first where an older renderer made it; no new version of the article. */
export async function currentText(
  ctx: Ctx,
  { id, renderVersion, bodyHtml, headings }: Shown & Pick<ArticleRow, 'id' | 'renderVersion'>,
): Promise<Shown> {
  const stored = { bodyHtml, headings }
  if (renderVersion === ctx.markdown.version) return stored
  // The Markdown is only read here: a page needs its HTML alone.
  const source = await findArticle(ctx.db, id)
  if (!source) throw new AppError('article/not-found')
  const rendered = await renderedOrStored(ctx, bodyHtml, renderedBody(ctx, source))
  if (!rendered) return stored
  await keepRendered(ctx, source, rendered)
  return { bodyHtml: rendered.bodyHtml, headings: rendered.headings }
}

const maxSlugLength = 80

/** The part of an address that a title gives, in the title's own script; accents of Latin letters are dropped. */
export function slugify(title: string): string {
  const words = addressText(title.normalize('NFKD'))
    .replaceAll(/(\p{Script=Latin})\p{M}+/gu, '$1')
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFC')
    .replaceAll(/['’]/g, '')
    .replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, '-')
  const cut = Array.from(words).slice(0, maxSlugLength).join('')
  return cut.replaceAll(/^-|-$/g, '') || 'untitled'
}

/** Whether `slug` is what `title` gives, with or without the suffix that told it from another. */
export function isSlugOf(title: string, slug: string): boolean {
  const base = slugify(title)
  return slug === base || (slug.startsWith(`${base}-`) && isSuffix(slug.slice(base.length + 1)))
}

/** With a digit, since six letters may be a word that somebody wrote. */
const isSuffix = (end: string) => /^[a-km-z2-9]{6}$/.test(end) && /[2-9]/.test(end)

const alphabet = 'abcdefghijkmnpqrstuvwxyz23456789'

function randomSuffix(): string {
  const made = Array.from({ length: 6 }, () => alphabet.charAt(randomInt(alphabet.length))).join('')
  return isSuffix(made) ? made : randomSuffix()
}

/** Writes with the title's plain slug or, where another article has it, with a suffix; each try in a savepoint. */
export async function withFreeSlug<Result>(
  tx: Tx,
  title: string,
  write: (tx: Tx, slug: string) => Promise<Result>,
): Promise<Result> {
  const base = slugify(title)
  try {
    return await tx.transaction((savepoint) => write(savepoint, base))
  } catch (error) {
    if (!isUniqueViolation(error, 'articles_slug_key')) throw error
    return await tx.transaction((savepoint) => write(savepoint, `${base}-${randomSuffix()}`))
  }
}

/** The most addresses that lead to one article besides its own. */
const MAX_FORMER_SLUGS = 20

/** Writes with the slug that somebody has chosen; throws where it leads, or led, to another article. */
export async function withWantedSlug<Result>(
  tx: Tx,
  article: Pick<ArticleRow, 'id' | 'publishedAt'>,
  slug: string,
  write: (tx: Tx, slug: string) => Promise<Result>,
): Promise<Result> {
  if (article.publishedAt !== null) {
    const former = and(eq(formerSlugs.articleId, article.id), ne(formerSlugs.slug, slug))
    if ((await tx.$count(formerSlugs, former)) >= MAX_FORMER_SLUGS) {
      throw new AppError('article/too-many-slugs')
    }
  }
  try {
    return await tx.transaction((savepoint) => write(savepoint, slug))
  } catch (cause) {
    if (!isUniqueViolation(cause, 'articles_slug_key')) throw cause
    const fields = [{ path: 'slug', message: 'Leads to another article.' }]
    throw new AppError('article/slug-taken', { cause, fields })
  }
}
