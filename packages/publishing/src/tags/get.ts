import type { TagBySlug, TagView } from '@galley/contract/publishing/tags'
import { tags } from '@galley/db/schema'
import { AppError } from '@galley/platform/errors'
import { and, eq } from 'drizzle-orm'
import type { Ctx } from '../ctx.ts'
import { isUsed } from './queries.ts'

/** One tag of published articles, however it is written in `input`. */
export async function getTag(ctx: Ctx, { slug }: TagBySlug): Promise<TagView> {
  const [tag] = await ctx.db
    .select({ slug: tags.slug, articleCount: tags.articleCount })
    .from(tags)
    .where(and(eq(tags.slug, slug), isUsed))
  if (!tag) throw new AppError('tag/not-found')
  return tag
}
