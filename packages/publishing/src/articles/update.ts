import { isDeepStrictEqual } from 'node:util'
import {
  CreateArticle,
  type ArticleSource,
  type UpdateArticle,
} from '@galley/contract/publishing/articles'
import { articles } from '@galley/db/schema'
import { eq } from 'drizzle-orm'
import { transact } from '@galley/platform/ctx'
import type { AuthedCtx } from '../ctx.ts'
import { emit } from '@galley/platform/events/emit'
import { only } from '@galley/platform/rows'
import { setArticleTags } from '../tags/list.ts'
import {
  auditArticle,
  getArticleToChange,
  isSlugOf,
  refuseIncomplete,
  renderedBody,
  withFreeSlug,
} from './internal.ts'
import { toArticleSource } from './view.ts'

/**
 * Changes the given fields; refused as stale unless `version` is the stored one, so no change is lost unseen.
 * What is stored already is no change: the article keeps its version and its date.
 */
export async function updateArticle(ctx: AuthedCtx, input: UpdateArticle): Promise<ArticleSource> {
  const { id, version, tags, body, ...rest } = input
  const rendered = body === undefined ? undefined : await renderedBody(ctx, body)
  return transact(ctx, async (tx) => {
    const stored = await getArticleToChange(ctx, tx, { id, version })
    if (!changesAnything(input, { ...stored, tags: stored.tagSlugs })) {
      return toArticleSource(ctx.actor, stored)
    }
    const title = rest.title ?? stored.title
    const change = { ...rest, ...rendered, version: stored.version + 1, updatedAt: ctx.now() }
    if (stored.status === 'published') {
      refuseIncomplete(ctx, { title, bodyHtml: rendered?.bodyHtml })
    }
    const keepsSlug = stored.publishedAt !== null || isSlugOf(title, stored.slug)
    const write = async (sp: typeof tx, slug: string) =>
      only(
        await sp
          .update(articles)
          .set({ ...change, slug })
          .where(eq(articles.id, id))
          .returning(),
      )
    const article = keepsSlug ? await write(tx, stored.slug) : await withFreeSlug(tx, title, write)
    if (tags) await setArticleTags(tx, id, tags)
    await auditArticle(ctx, tx, 'updated', { before: stored, after: article })
    if (article.status === 'published') await emit(ctx, tx, 'article.updated', { articleId: id })
    return toArticleSource(ctx.actor, { ...article, tagSlugs: tags ?? stored.tagSlugs })
  })
}

const fields = CreateArticle.keyof().options

const changesAnything = (wanted: UpdateArticle, stored: Required<CreateArticle>) =>
  fields.some(
    (name) =>
      wanted[name] !== undefined &&
      !isDeepStrictEqual(inOrder(wanted[name]), inOrder(stored[name])),
  )

const inOrder = (value: string | string[] | null | undefined) =>
  Array.isArray(value) ? value.toSorted() : value
