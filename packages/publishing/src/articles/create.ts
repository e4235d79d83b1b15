import type { ArticleSource, CreateArticle } from '@galley/contract/publishing/articles'
import { articles } from '@galley/db/schema'
import { transact } from '@galley/platform/ctx'
import type { AuthedCtx } from '../ctx.ts'
import { authorize } from '@galley/platform/errors'
import { only } from '@galley/platform/rows'
import { setArticleTags } from '../tags/list.ts'
import { renderedBody, withFreeSlug } from './internal.ts'
import { canCreateArticle } from './policy.ts'
import { toArticleSource } from './view.ts'

/** A new draft of the caller. */
export async function createArticle(ctx: AuthedCtx, input: CreateArticle): Promise<ArticleSource> {
  authorize(canCreateArticle(ctx.actor))
  const { tags = [], body = '', title = '', ...fields } = input
  const rendered = await renderedBody(ctx, body)
  const now = ctx.now()
  const values = {
    ...fields,
    ...rendered,
    title,
    authorId: ctx.actor.user.id,
    createdAt: now,
    updatedAt: now,
  }
  return transact(ctx, async (tx) => {
    const article = await withFreeSlug(tx, title, async (savepoint, slug) =>
      only(
        await savepoint
          .insert(articles)
          .values({ ...values, slug })
          .returning(),
      ),
    )
    await setArticleTags(tx, article.id, tags)
    return toArticleSource(ctx.actor, { ...article, tagSlugs: tags })
  })
}
