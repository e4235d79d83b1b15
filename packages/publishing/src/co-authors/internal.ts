import type { ArticleAuthor, ArticleAuthors } from '@galley/contract/publishing/co-authors'
import type { Queryable, Tx } from '@galley/db/client'
import { recordAudit } from '@galley/platform/audit/record'
import { emit } from '@galley/platform/events/emit'
import { toByline } from '@galley/platform/users/queries'
import { isPublic, mayDo, type ArticleFacts } from '../articles/find.ts'
import type { ArticleRow } from '../articles/queries.ts'
import type { AuthedCtx } from '../ctx.ts'
import { type AuthorRow, listAuthorRows } from './queries.ts'

type Owned = ArticleFacts & { id: string }

/** The list of an article's authors as the caller sees it, who may edit the article. */
export async function readAuthors(
  ctx: AuthedCtx,
  db: Queryable,
  article: Owned,
): Promise<ArticleAuthors> {
  const rows = await listAuthorRows(db, article.id)
  const mayManage = mayDo(ctx, 'manage', article)
  return {
    items: rows.map((row) => toArticleAuthor(ctx, article, row, mayManage)),
    can: { invite: mayManage, order: mayManage },
  }
}

function toArticleAuthor(
  { actor }: AuthedCtx,
  { authorId }: Owned,
  row: AuthorRow,
  mayManage: boolean,
): ArticleAuthor {
  const isAuthor = row.userId === authorId
  return {
    ...toByline(row),
    isAuthor,
    state: row.acceptedAt === null ? 'invited' : 'accepted',
    since: row.createdAt.toISOString(),
    can: { remove: !isAuthor && (mayManage || row.userId === actor.user.id) },
  }
}

type Change = 'author-invited' | 'author-joined' | 'author-removed' | 'authors-ordered'

type Titled = Pick<ArticleRow, 'id' | 'title'>

/** Records a change of who writes an article. */
export const auditAuthors = (
  ctx: AuthedCtx,
  tx: Tx,
  change: Change,
  { id, title }: Titled,
  facts: { before?: Record<string, unknown>; after?: Record<string, unknown> },
): Promise<void> =>
  recordAudit(ctx, tx, {
    action: `article.${change}`,
    target: { type: 'article', id },
    ...(facts.before && { before: { title, ...facts.before } }),
    ...(facts.after && { after: { title, ...facts.after } }),
  })

/** Readers see another byline from now on. */
export async function announceByline(ctx: AuthedCtx, tx: Tx, { id, status }: Owned): Promise<void> {
  if (isPublic(status)) await emit(ctx, tx, 'article.updated', { articleId: id })
}
