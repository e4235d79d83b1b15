import type { Page, TimeOrder } from '@galley/contract/primitives'
import type {
  ListRevisions,
  RevisionById,
  RevisionSummary,
  RevisionView,
} from '@galley/contract/publishing/revisions'
import { revisions } from '@galley/db/schema'
import { AppError } from '@galley/platform/errors'
import { countListed } from '@galley/platform/count-listed'
import { byNumber, listSorted, type Order, type Orders, reversed } from '@galley/platform/order'
import { eq } from 'drizzle-orm'
import type { z } from 'zod'
import { authorizeSource } from '../articles/find.ts'
import { findArticleFacts } from '../articles/queries.ts'
import type { AuthedCtx } from '../ctx.ts'
import { getReadableRevision } from './internal.ts'
import { listOfArticle } from './queries.ts'
import { toRevisionSummary, toRevisionView } from './view.ts'

/** The texts that an article has had, for those who may edit it. */
export async function listRevisions(
  ctx: AuthedCtx,
  input: ListRevisions,
): Promise<Page<RevisionSummary>> {
  const { articleId } = input
  const article = await findArticleFacts(ctx.db, articleId)
  if (!article) throw new AppError('article/not-found')
  authorizeSource(ctx, article)
  return listSorted(input, {
    orders,
    byDefault: 'newest',
    find: (start) => listOfArticle(ctx.db, articleId, start),
    count: () => countListed(ctx.db, revisions, eq(revisions.articleId, articleId)),
    toItem: toRevisionSummary,
  })
}

// No two of one article have the same version.
const oldest: Order<{ version: number }> = [byNumber(revisions.version, ({ version }) => version)]

const orders: Orders<z.output<typeof TimeOrder>, { version: number }> = {
  newest: reversed(oldest),
  oldest,
}

/** One of them. */
export async function getRevision(ctx: AuthedCtx, input: RevisionById): Promise<RevisionView> {
  const { revision } = await getReadableRevision(ctx, input.id)
  return toRevisionView(revision)
}
