import { isDeepStrictEqual } from 'node:util'
import { type ArticleAtVersion } from '@galley/contract/publishing/article-steps'
import {
  CreateArticle,
  type ArticleSource,
  type UpdateArticle,
} from '@galley/contract/publishing/articles'
import { pictureIdsIn } from '@galley/contract/publishing/pictures'
import type { Tx } from '@galley/db/client'
import { articles } from '@galley/db/schema'
import { eq } from 'drizzle-orm'
import { transact } from '@galley/platform/ctx'
import type { AuthedCtx } from '../ctx.ts'
import { emit } from '@galley/platform/events/emit'
import { only } from '@galley/platform/rows'
import { recordRevision, recordVersion, type Save } from '../revisions/record.ts'
import { setArticleTags } from '../tags/list.ts'
import {
  auditArticle,
  markStale,
  renderBody,
  getArticleToChange,
  isSlugOf,
  refuseIncomplete,
  withFreeSlug,
  withWantedSlug,
} from './internal.ts'
import { keepMediaUses, mediaIdsOf, ownersOf, refuseUndescribed } from './pictures.ts'
import { isPublic } from './policy.ts'
import { findArticleFacts, type ArticleRow } from './queries.ts'
import { toArticleSource } from './view.ts'

/**
 * Changes the given fields; refused as stale unless `version` is the stored one, so no change is lost unseen.
 * What is stored already is no change: the article keeps its version and its date.
 */
export const updateArticle = (
  ctx: AuthedCtx,
  { id, version, reason, ...content }: UpdateArticle,
): Promise<ArticleSource> =>
  changeArticle(ctx, { id, version }, content, { cause: 'saved', reason })

/** The same for any cause: the text becomes a revision. Another address alone is no other text. */
export async function changeArticle(
  ctx: AuthedCtx,
  wanted: ArticleAtVersion,
  content: CreateArticle & Pick<UpdateArticle, 'slug'>,
  save: Save,
): Promise<ArticleSource> {
  const { id } = wanted
  const { tags, body, slug: wantedSlug, ...rest } = content
  const rendered = body === undefined ? undefined : await renderChange(ctx, id, body)
  return transact(ctx, async (tx) => {
    const stored = await getArticleToChange(ctx, tx, wanted)
    const title = rest.title ?? stored.title
    const keeps = keepsSlug(stored, title, wantedSlug)
    const changesText = changesAnything(content, { ...stored, tags: stored.tagSlugs })
    if (!changesText && keeps) return toArticleSource(ctx, stored)
    const change = {
      ...rest,
      ...rendered?.columns,
      version: stored.version + 1,
      updatedAt: changesText ? ctx.now() : stored.updatedAt,
    }
    if (!mayLackAnything(stored)) {
      refuseIncomplete(ctx, { title, bodyHtml: rendered?.columns.bodyHtml })
      const coverMediaId = rest.coverMediaId === undefined ? null : rest.coverMediaId
      await refuseUndescribed(ctx, tx, { ...stored, coverMediaId }, rendered?.used ?? [])
    }
    const write = async (sp: typeof tx, slug: string) =>
      only(
        await sp
          .update(articles)
          .set({ ...change, slug })
          .where(eq(articles.id, id))
          .returning(),
      )
    const article = keeps
      ? await write(tx, stored.slug)
      : await (wantedSlug === undefined
          ? withFreeSlug(tx, title, write)
          : withWantedSlug(tx, stored, wantedSlug, write))
    if (tags) await setArticleTags(tx, id, tags)
    if (mediaIdsOf(stored).length > 0 || mediaIdsOf(article).length > 0) {
      const isStale = await keepMediaUses(ctx, tx, article, rendered?.shown)
      if (isStale) await markStale(tx, id)
    }
    const after = { ...article, tagSlugs: tags ?? stored.tagSlugs }
    if (changesText) await recordRevision(ctx, tx, { before: stored, after }, save)
    else await recordVersion(tx, { before: stored, after })
    await auditArticle(ctx, tx, 'updated', { before: stored, after })
    // An address that people have is changed for all of them.
    if (article.slug !== stored.slug && stored.publishedAt !== null) {
      await auditArticle(ctx, tx, 'slug-changed', { before: stored, after })
    }
    await tellSaved(ctx, tx, after)
    return toArticleSource(ctx, after)
  })
}

async function tellSaved(ctx: AuthedCtx, tx: Tx, { id, version, status }: ArticleRow) {
  const userId = ctx.actor.user.id
  await emit(ctx, tx, 'article.saved', { articleId: id, version, userId })
  if (isPublic(status)) await emit(ctx, tx, 'article.updated', { articleId: id })
}

/** Of a draft the slug follows the title, until somebody chooses one; then, and once the article was out, it stays. */
function keepsSlug(stored: ArticleRow, title: string, wanted: string | undefined) {
  if (wanted !== undefined) return wanted === stored.slug
  const isChosen = stored.publishedAt !== null || !isSlugOf(stored.title, stored.slug)
  return isChosen || isSlugOf(title, stored.slug)
}

/** What is published, or will be, stays complete. */
const mayLackAnything = ({ status }: ArticleRow) => status === 'draft' || status === 'in_review'

/** Whose article it is only matters for its pictures. */
async function renderChange(ctx: AuthedCtx, id: string, body: string) {
  const facts = pictureIdsIn(body).length > 0 ? await findArticleFacts(ctx.db, id) : null
  const ownerIds = facts ? ownersOf(ctx, facts.authorId) : []
  return renderBody(ctx, body, { ownerIds, usedBy: id })
}

const fields = CreateArticle.keyof().options

const changesAnything = (wanted: CreateArticle, stored: Required<CreateArticle>) =>
  fields.some(
    (name) =>
      wanted[name] !== undefined &&
      !isDeepStrictEqual(inOrder(wanted[name]), inOrder(stored[name])),
  )

const inOrder = (value: unknown) =>
  Array.isArray(value) ? value.toSorted((a, b) => (String(a) < String(b) ? -1 : 1)) : value
