import type { PreviewByToken, PreviewedArticle } from '@galley/contract/publishing/preview-links'
import { articles, previewLinks, users } from '@galley/db/schema'
import { AppError } from '@galley/platform/errors'
import { and, eq, gt, or } from 'drizzle-orm'
import { isPublic } from '../articles/find.ts'
import { findArticleToShow } from '../articles/get.ts'
import { articleList } from '../articles/list.ts'
import { isReadable, mayEdit } from '../articles/queries.ts'
import type { Ctx } from '../ctx.ts'
import { hashOf } from './manage.ts'

/**
 * The article behind a link, as it is at the moment, for every caller. One reason for a token that is wrong, expired or revoked, and
 * where who made the link may no longer edit what is not out: `preview-link/not-found`.
 */
export async function readPreview(ctx: Ctx, { token }: PreviewByToken): Promise<PreviewedArticle> {
  const [link] = await ctx.db
    .select({ articleId: previewLinks.articleId, expiresAt: previewLinks.expiresAt })
    .from(previewLinks)
    .innerJoin(articles, eq(articles.id, previewLinks.articleId))
    .innerJoin(users, eq(users.id, previewLinks.createdBy))
    .where(
      and(
        eq(previewLinks.tokenHash, hashOf(token)),
        gt(previewLinks.expiresAt, ctx.now()),
        or(isReadable, mayEdit),
      ),
    )
  const article = link && (await findArticleToShow(ctx, link.articleId))
  if (!article || article.status === 'trashed') throw new AppError('preview-link/not-found')
  const { title, description, coverUrl, cover, language, authors, tags, words, slug } =
    articleList.toItem(article)
  return {
    title,
    description,
    coverUrl,
    cover,
    language,
    authors,
    tags,
    words,
    bodyHtml: article.bodyHtml,
    status: articleList.toStatus(article),
    slug: isPublic(article.status) ? slug : null,
    updatedAt: article.updatedAt.toISOString(),
    expiresAt: link.expiresAt.toISOString(),
  }
}
