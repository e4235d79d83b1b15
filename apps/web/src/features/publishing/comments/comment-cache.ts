import type { CommentThread, CommentView } from '@galley/contract/publishing/comments'
import type { RouterContext } from '../../../lib/router-context.ts'
import { articleBySlug } from '../articles/queries.ts'
import { anchorOf } from './queries.ts'

/** The comments that pages hold: what is written and what arrives is put in its place here. */
export type CommentCache = Pick<RouterContext, 'queryClient' | 'trpc'>

type List = { items: CommentThread[]; page: { nextCursor: string | null } }

/** Each thread becomes what `change` makes of it: nothing, where it goes. */
function changeThreads(
  { queryClient, trpc }: CommentCache,
  change: (thread: CommentThread) => CommentThread[],
) {
  queryClient.setQueriesData(
    trpc.comments.list.queryFilter(),
    (list: List | undefined) => list && { ...list, items: list.items.flatMap(change) },
  )
}

const threadsIn = ({ queryClient, trpc }: CommentCache): CommentThread[] =>
  queryClient
    .getQueriesData<List>(trpc.comments.list.queryFilter())
    .flatMap(([, list]) => list?.items ?? [])

export const findThread = (cache: CommentCache, id: string | null) =>
  threadsIn(cache).find((thread) => thread.id === id)

export const findShown = (cache: CommentCache, id: string): CommentView | undefined =>
  threadsIn(cache)
    .flatMap((thread) => [thread, ...thread.replies.items])
    .find((comment) => comment.id === id)

/** Who wrote what is shown under an article, each once. */
export const writersOf = (cache: CommentCache, articleId: string) =>
  threadsIn(cache)
    .filter((thread) => thread.articleId === articleId)
    .flatMap((thread) => [thread, ...thread.replies.items])
    .flatMap(({ author, deletedAt }) => (deletedAt === null ? [author] : []))

/** A changed comment in its place; its replies stay. */
export function putComment(cache: CommentCache, comment: CommentView) {
  changeThreads(cache, (thread) => {
    if (thread.id === comment.id) return [{ ...thread, ...comment }]
    return [
      withReplies(thread, (replies) =>
        replies.map((one) => (one.id === comment.id ? comment : one)),
      ),
    ]
  })
}

/** A comment at the end of a list that ends with it. */
export function addThread(
  { queryClient }: CommentCache,
  list: readonly unknown[],
  comment: CommentView,
) {
  const thread = { ...comment, replies: { items: [], page: { nextCursor: null } } }
  queryClient.setQueryData(
    list,
    (shown: List | undefined) => shown && { ...shown, items: [...shown.items, thread] },
  )
}

/** A reply at the end of its thread; where replies before it are not shown yet, one more of those. */
export function addReply(cache: CommentCache, reply: CommentView) {
  changeThreads(cache, (thread) => {
    if (thread.id !== reply.parentId) return [thread]
    const isWhole = thread.replies.page.nextCursor === null
    const counted = { ...thread, replyCount: thread.replyCount + 1 }
    return [isWhole ? withReplies(counted, (replies) => [...replies, reply]) : counted]
  })
}

/** What the server does too: one with replies keeps its place, and a place without them goes. */
export function removeComment(cache: CommentCache, id: string) {
  changeThreads(cache, (thread) => {
    if (thread.id === id) return thread.replyCount > 0 ? [emptied(thread)] : []
    if (!thread.replies.items.some((reply) => reply.id === id)) return [thread]
    const replyCount = thread.replyCount - 1
    if (thread.deletedAt !== null && replyCount === 0) return []
    return [withReplies({ ...thread, replyCount }, (replies) => replies.flatMap(without(id)))]
  })
}

const without = (id: string) => (reply: CommentView) => {
  if (reply.id === id) return []
  return [reply.answers?.id === id ? { ...reply, answers: null } : reply]
}

const emptied = (thread: CommentThread): CommentThread => ({
  ...thread,
  author: { username: '', displayName: 'Deleted', avatarUrl: null },
  body: '',
  bodyHtml: '',
  editedAt: null,
  deletedAt: new Date().toISOString(),
  can: { edit: false, delete: false, reply: false },
})

const withReplies = (
  thread: CommentThread,
  change: (replies: CommentView[]) => CommentView[],
): CommentThread => ({
  ...thread,
  replies: { ...thread.replies, items: change(thread.replies.items) },
})

/** Fetches the replies of a thread that are not shown yet, up to a hundred. */
export async function loadReplies(cache: CommentCache, thread: CommentThread) {
  const { queryClient, trpc } = cache
  const cursor = thread.replies.page.nextCursor ?? undefined
  const page = await queryClient.fetchQuery({
    ...trpc.comments.replies.queryOptions({ id: thread.id, cursor, limit: 100 }),
    staleTime: 0,
  })
  changeThreads(cache, (shown) => {
    if (shown.id !== thread.id) return [shown]
    const known = new Set(shown.replies.items.map(({ id }) => id))
    const items = [...shown.replies.items, ...page.items.filter(({ id }) => !known.has(id))]
    return [{ ...shown, replies: { items, page: page.page } }]
  })
  return page
}

/** Whether the number of an article's comments has that of a comment in it, by what is known to this page. */
const counted = new Map<string, 1 | -1>()

/** Counts a comment that is new, or gone: once, whether this page or another has made it so. */
export function countComment(
  { queryClient, trpc }: CommentCache,
  { slug, id, step }: { slug: string; id: string; step: 1 | -1 },
) {
  if (counted.get(id) === step) return
  counted.set(id, step)
  queryClient.setQueryData(
    articleBySlug(trpc, slug).queryKey,
    (view) => view && { ...view, commentCount: Math.max(0, view.commentCount + step) },
  )
}

/** Shows further replies, and goes on from the first of them for who moves by keyboard. */
export async function showMoreReplies(cache: CommentCache, thread: CommentThread): Promise<void> {
  const { items } = await loadReplies(cache, thread)
  const first = items.at(0)
  if (first) focusComment(anchorOf(first))
}

/** The cache tells its readers a little later, and they render then. */
const FRAMES = 30

/** Moves to a comment, as soon as it is in the page. */
export function focusComment(anchor: string, frames = FRAMES): void {
  requestAnimationFrame(() => {
    const element = document.getElementById(anchor)
    if (element) element.focus()
    else if (frames > 0) focusComment(anchor, frames - 1)
  })
}
