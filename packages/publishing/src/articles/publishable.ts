import { pictureIdsIn } from '@galley/contract/publishing/pictures'
import type { Tx } from '@galley/db/client'
import type { UsedPicture } from '@galley/markdown/renderer'
import { AppError } from '@galley/platform/errors'
import type { Ctx } from '../ctx.ts'
import { render } from '../render.ts'
import { currentText, refuseIncomplete } from './internal.ts'
import { refuseUndescribed } from './pictures.ts'
import { findArticle, type ArticleRow } from './queries.ts'

/** What decides whether an article may be published, of one text of it. */
type Looked = { body: string | undefined; used: readonly UsedPicture[] }

/** The look before the transaction, which must not wait for the renderer: of an article that `wanted` lets through. */
export async function lookThrough(
  ctx: Ctx,
  id: string,
  wanted: (article: ArticleRow) => boolean,
): Promise<Looked> {
  const stored = await findArticle(ctx.db, id)
  if (!stored || !wanted(stored)) return { body: undefined, used: [] }
  // What readers will see decides whether the article is complete.
  await currentText(ctx, stored)
  return { body: stored.body, used: await usedPictures(ctx, stored.body) }
}

/** What the text says of its pictures; without any, it is not read again. */
async function usedPictures(ctx: Ctx, body: string) {
  if (pictureIdsIn(body).length === 0) return []
  return (await render(ctx, body)).pictures
}

/** Throws `article/incomplete` or `article/alt-missing`; `article/stale-version` where it is not what was looked through. */
export async function refuseUnpublishable(
  ctx: Ctx,
  tx: Tx,
  article: ArticleRow,
  { body, used }: Looked,
): Promise<void> {
  refuseIncomplete(ctx, article)
  // Changed between the two looks, whichever version was asked for.
  if (article.body !== body) throw new AppError('article/stale-version')
  await refuseUndescribed(ctx, tx, article, used)
}
