import type { Page } from '@galley/contract/primitives'
import {
  type CommentById,
  type CommentThread,
  type CommentView,
  FIRST_REPLIES,
  type ListComments,
  type ListReplies,
} from '@galley/contract/publishing/comments'
import { comments } from '@galley/db/schema'
import { AppError } from '@galley/platform/errors'
import { countListed } from '@galley/platform/count-listed'
import { listSorted, type SortedStart } from '@galley/platform/order'
import { and, eq, isNull } from 'drizzle-orm'
import { isVisibleArticle } from '../articles/find.ts'
import { findArticleFacts } from '../articles/queries.ts'
import type { Ctx } from '../ctx.ts'
import { isVisibleComment, toCommentView, withCurrentHtml } from './internal.ts'
import { commentOrders, type CommentRow, findComment, findThread, type Sort } from './queries.ts'
import { findArticleWithThreads, findReplies, type ThreadRow, WANTED_REPLIES } from './threads.ts'

/** Comments of an article that the caller may see, with the first replies of each. */
export async function listComments(ctx: Ctx, input: ListComments): Promise<Page<CommentThread>> {
  const { articleId, around } = input
  const from = around === undefined ? null : await getThread(ctx, { articleId, id: around })
  const page = await listSorted(input, {
    orders: commentOrders,
    byDefault: 'oldest',
    find: (start) => findThreads(ctx, { articleId, from, ...start }),
    count: () =>
      countListed(
        ctx.db,
        comments,
        and(eq(comments.articleId, articleId), isNull(comments.parentId)),
      ),
    toItem: (row) => row,
  })
  const items: CommentThread[] = []
  for (const row of page.items) {
    const shown = row.id === from?.id ? WANTED_REPLIES : FIRST_REPLIES
    items.push({ ...toCommentView(ctx, row), replies: await firstReplies(ctx, row.replies, shown) })
  }
  return { ...page, items }
}

type Threads = SortedStart<Sort> & {
  articleId: string
  from: { createdAt: Date; id: string } | null
}

async function findThreads(ctx: Ctx, values: Threads): Promise<ThreadRow[]> {
  const article = await findArticleWithThreads(ctx.db, values)
  if (!article || !isVisibleComment(ctx, article)) throw new AppError('article/not-found')
  const rows: ThreadRow[] = []
  for (const { replies, ...comment } of article.threads) {
    rows.push({ ...(await withCurrentHtml(ctx, comment)), replies: await current(ctx, replies) })
  }
  return rows
}

/** One after the other: a page of old comments must not be more than the caller's share of the renderer. */
async function current(ctx: Ctx, rows: readonly CommentRow[]): Promise<CommentRow[]> {
  const done: CommentRow[] = []
  for (const row of rows) done.push(await withCurrentHtml(ctx, row))
  return done
}

/** A page as `listReplies` returns it, whose rows are there already. */
const firstReplies = (ctx: Ctx, rows: readonly CommentRow[], limit: number) =>
  listSorted(
    { limit },
    {
      orders: commentOrders,
      byDefault: 'oldest',
      find: () => Promise.resolve(rows),
      count: () => Promise.resolve(rows.length),
      toItem: (row) => toCommentView(ctx, row),
    },
  )

/** The thread that a comment is in; throws where there is none, or none that the caller may know of. */
async function getThread(ctx: Ctx, wanted: { articleId: string; id: string }) {
  const thread = await findThread(ctx.db, wanted)
  if (thread) return thread
  const article = await findArticleFacts(ctx.db, wanted.articleId)
  const isVisible = article && isVisibleArticle(ctx, article)
  throw new AppError(isVisible ? 'comment/not-found' : 'article/not-found')
}

/** Replies to a comment, where the caller may see it. */
export async function listReplies(ctx: Ctx, input: ListReplies): Promise<Page<CommentView>> {
  const comment = await getVisible(ctx, input.id)
  return listSorted(input, {
    orders: commentOrders,
    byDefault: 'oldest',
    find: async (start) => current(ctx, await findReplies(ctx.db, comment, start)),
    count: () => Promise.resolve(comment.replyCount),
    toItem: (row) => toCommentView(ctx, row),
  })
}

/** One comment or reply, where the caller may see the article that it stands under. */
export async function getComment(ctx: Ctx, { id }: CommentById): Promise<CommentView> {
  return toCommentView(ctx, await withCurrentHtml(ctx, await getVisible(ctx, id)))
}

async function getVisible(ctx: Ctx, id: string): Promise<CommentRow> {
  const comment = await findComment(ctx.db, id)
  if (!comment || !isVisibleComment(ctx, comment)) throw new AppError('comment/not-found')
  return comment
}
