import { createHash, randomBytes } from 'node:crypto'
import type { Deleted } from '@galley/contract/primitives'
import type {
  CreatePreviewLink,
  LinksOfArticle,
  NewPreviewLink,
  PreviewLink,
  PreviewLinkById,
  PreviewLinkList,
} from '@galley/contract/publishing/preview-links'
import type { Queryable, Tx } from '@galley/db/client'
import { previewLinks, users } from '@galley/db/schema'
import { recordAudit } from '@galley/platform/audit/record'
import { transact } from '@galley/platform/ctx'
import { AppError } from '@galley/platform/errors'
import { only } from '@galley/platform/rows'
import { bylineColumns, toByline } from '@galley/platform/users/queries'
import { and, desc, eq, gt, inArray, lte, notInArray } from 'drizzle-orm'
import { getArticleToDo, lockArticleToDo, mayDo } from '../articles/find.ts'
import { findArticleForUpdate } from '../articles/queries.ts'
import type { AuthedCtx } from '../ctx.ts'

const MAX_LINKS = 20
const DAY_MS = 86_400_000

/** The links of an article that work, newest first, for those who may edit it. What they lead to is not shown again. */
export async function listPreviewLinks(
  ctx: AuthedCtx,
  { articleId }: LinksOfArticle,
): Promise<PreviewLinkList> {
  const article = await getArticleToDo(ctx, 'read', articleId)
  const rows = await select(ctx.db)
    .where(and(eq(previewLinks.articleId, articleId), gt(previewLinks.expiresAt, ctx.now())))
    .orderBy(desc(previewLinks.createdAt), desc(previewLinks.id))
    .limit(MAX_LINKS)
  return { items: rows.map(toPreviewLink), can: { create: mayDo(ctx, 'share', article) } }
}

/**
 * An address at which everybody who has it sees an article that is not out yet; `url` in the response is the one time that
 * it is seen. Throws `article/already-published`, `preview-link/too-many`.
 */
export function createPreviewLink(
  ctx: AuthedCtx,
  { articleId, name = '', expiresInDays }: CreatePreviewLink,
): Promise<NewPreviewLink> {
  const token = randomBytes(32).toString('base64url')
  const now = ctx.now()
  const expiresAt = new Date(now.getTime() + expiresInDays * DAY_MS)
  return transact(ctx, async (tx) => {
    const { title } = await lockArticleToDo(ctx, tx, 'share', articleId)
    const ofArticle = eq(previewLinks.articleId, articleId)
    await tx.delete(previewLinks).where(and(ofArticle, lte(previewLinks.expiresAt, now)))
    if ((await tx.$count(previewLinks, ofArticle)) >= MAX_LINKS) {
      throw new AppError('preview-link/too-many')
    }
    const { user } = ctx.actor
    const values = { articleId, name, tokenHash: hashOf(token), createdBy: user.id }
    const row = only(
      await tx
        .insert(previewLinks)
        .values({ ...values, createdAt: now, expiresAt })
        .returning(),
    )
    await recordAudit(ctx, tx, {
      action: 'preview-link.created',
      target: { type: 'article', id: articleId },
      after: { title, linkId: row.id, for: name, expiresAt: expiresAt.toISOString() },
    })
    const url = `${ctx.site.origin}/preview?token=${token}`
    return { ...toPreviewLink({ ...row, createdBy: user }), url }
  })
}

/** Ends a link at once. To those who may not edit its article there is none. */
export async function deletePreviewLink(ctx: AuthedCtx, { id }: PreviewLinkById): Promise<Deleted> {
  return transact(ctx, async (tx) => {
    const isLink = eq(previewLinks.id, id)
    const [link] = await tx.select().from(previewLinks).where(isLink)
    // Locked first, as by who puts pictures into it: these learn how long links show them.
    const article = link && (await findArticleForUpdate(tx, link.articleId))
    if (!article || !mayDo(ctx, 'edit', article)) throw new AppError('preview-link/not-found')
    const deleted = await tx.delete(previewLinks).where(isLink).returning()
    if (deleted.length === 0) throw new AppError('preview-link/not-found')
    await recordAudit(ctx, tx, {
      action: 'preview-link.deleted',
      target: { type: 'article', id: link.articleId },
      before: { linkId: id, for: link.name },
    })
    return { id }
  })
}

/** Ends the links that a person has made to an article which they write no more; editors may go on sharing it. */
export async function endLinksOf(tx: Tx, by: { articleId: string; userId: string }): Promise<void> {
  const maker = tx
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.id, by.userId), notInArray(users.role, ['editor', 'admin'])))
  await tx
    .delete(previewLinks)
    .where(and(eq(previewLinks.articleId, by.articleId), inArray(previewLinks.createdBy, maker)))
}

/** What is stored of a token: it is long and random, so that a plain hash is enough. */
export const hashOf = (token: string) => createHash('sha256').update(token).digest('hex')

const select = (db: Queryable) =>
  db
    .select({
      id: previewLinks.id,
      articleId: previewLinks.articleId,
      name: previewLinks.name,
      createdBy: bylineColumns,
      createdAt: previewLinks.createdAt,
      expiresAt: previewLinks.expiresAt,
    })
    .from(previewLinks)
    .innerJoin(users, eq(users.id, previewLinks.createdBy))

type LinkRow = Awaited<ReturnType<typeof select>>[number]

const toPreviewLink = (row: LinkRow): PreviewLink => ({
  id: row.id,
  articleId: row.articleId,
  name: row.name,
  createdBy: toByline(row.createdBy),
  createdAt: row.createdAt.toISOString(),
  expiresAt: row.expiresAt.toISOString(),
})
