import type { ArticleSource, CreateArticle } from '@galley/contract/publishing/articles'
import { articles } from '@galley/db/schema'
import { transact } from '@galley/platform/ctx'
import type { AuthedCtx } from '../ctx.ts'
import { authorize } from '@galley/platform/errors'
import { only } from '@galley/platform/rows'
import { recordRevision } from '../revisions/record.ts'
import { setArticleTags } from '../tags/list.ts'
import { markStale, renderBody, withFreeSlug } from './internal.ts'
import { keepMediaUses, mediaIdsOf } from './pictures.ts'
import { canCreateArticle } from './policy.ts'
import { toArticleSource } from './view.ts'

/** A new draft of the caller. */
export async function createArticle(ctx: AuthedCtx, input: CreateArticle): Promise<ArticleSource> {
  authorize(canCreateArticle(ctx.actor))
  const { tags = [], body = '', title = '', ...fields } = input
  const { id: authorId } = ctx.actor.user
  const { columns, shown } = await renderBody(ctx, body, { ownerIds: [authorId] })
  const now = ctx.now()
  const values = {
    ...fields,
    ...columns,
    title,
    authorId,
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
    if (mediaIdsOf(article).length > 0 && (await keepMediaUses(ctx, tx, article, shown))) {
      await markStale(tx, article.id)
    }
    const after = { ...article, tagSlugs: tags }
    await recordRevision(ctx, tx, { before: null, after }, { cause: 'created' })
    return toArticleSource(ctx, after)
  })
}
