import type { Page } from '@galley/contract/primitives'
import type {
  AuthorsOfArticle,
  CoAuthorInvitation,
  ListCoAuthorInvitations,
} from '@galley/contract/publishing/co-authors'
import { articleAuthors } from '@galley/db/schema'
import { transact } from '@galley/platform/ctx'
import { AppError } from '@galley/platform/errors'
import { emit } from '@galley/platform/events/emit'
import { byId, byTime, listSorted, type Order, reversed } from '@galley/platform/order'
import { toByline } from '@galley/platform/users/queries'
import { and, eq } from 'drizzle-orm'
import { authorizeWriting } from '../articles/find.ts'
import { articleList } from '../articles/list.ts'
import { findArticleForUpdate } from '../articles/queries.ts'
import type { AuthedCtx } from '../ctx.ts'
import { announceByline, auditAuthors } from './internal.ts'
import { countInvitations, type InvitationRow, listInvitationRows } from './queries.ts'

/** What the caller is invited to write along. */
export function listCoAuthorInvitations(
  ctx: AuthedCtx,
  input: ListCoAuthorInvitations,
): Promise<Page<CoAuthorInvitation>> {
  const userId = ctx.actor.user.id
  return listSorted(input, {
    orders: { newest: reversed(oldest), oldest },
    byDefault: 'newest',
    find: (start) => listInvitationRows(ctx.db, userId, start),
    count: () => countInvitations(ctx.db, userId),
    toItem: toInvitation,
  })
}

const oldest: Order<{ id: string; invitedAt: Date }> = [
  byTime(articleAuthors.createdAt, (row) => row.invitedAt),
  byId(articleAuthors.articleId, (row) => row.id),
]

const toInvitation = ({ author, invitedBy, invitedAt, ...article }: InvitationRow) => ({
  article: { ...article, status: articleList.toStatus(article) },
  author: toByline(author),
  invitedBy: invitedBy && toByline(invitedBy),
  invitedAt: invitedAt.toISOString(),
})

/**
 * Puts the caller on the byline that they are invited to; accepting again changes nothing. Throws `co-author/not-invited`,
 * also where the invitation has been withdrawn, and `article/forbidden` for who may not write by now.
 */
export function acceptCoAuthorship(
  ctx: AuthedCtx,
  { articleId }: AuthorsOfArticle,
): Promise<AuthorsOfArticle> {
  const userId = ctx.actor.user.id
  const isOwn = and(eq(articleAuthors.articleId, articleId), eq(articleAuthors.userId, userId))
  return transact(ctx, async (tx) => {
    // Locked first, as everywhere: who withdraws it at this moment goes before or after.
    const article = await findArticleForUpdate(tx, articleId)
    const [row] = await tx.select().from(articleAuthors).where(isOwn)
    const isGone = !article || article.status === 'trashed'
    if (isGone || !row) throw new AppError('co-author/not-invited')
    if (row.acceptedAt !== null) return { articleId }
    authorizeWriting(ctx)
    await tx.update(articleAuthors).set({ acceptedAt: ctx.now() }).where(isOwn)
    await auditAuthors(ctx, tx, 'author-joined', article, { after: { userId } })
    await emit(ctx, tx, 'byline.accepted', { articleId, userId })
    await announceByline(ctx, tx, article)
    return { articleId }
  })
}
