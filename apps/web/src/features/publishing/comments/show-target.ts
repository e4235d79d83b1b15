import type { ArticleView } from '@galley/contract/publishing/articles'
import { messageOf } from '../../../lib/errors.ts'
import { notify } from '../../../lib/notify.ts'
import { type CommentCache, findThread, loadReplies } from './comment-cache.ts'

type Wanted = {
  id: string
  article: ArticleView
  /** The comment whose thread the page begins with already. */
  shown: string | undefined
  /** Goes to the page that begins with the thread of a comment. */
  open: (id: string) => void
}

/** Shows the comment that an address leads to, where the page does not have it. */
export async function showTarget(cache: CommentCache, wanted: Wanted): Promise<void> {
  const { id, article, shown, open } = wanted
  try {
    const { queryClient, trpc } = cache
    const comment = await queryClient.fetchQuery(trpc.comments.get.queryOptions({ id }))
    if (comment.articleId !== article.id) return
    if (shown === id) await loadUpTo(cache, comment)
    else open(id)
  } catch (error) {
    void notify({ title: 'The comment could not be shown.', description: messageOf(error) })
  }
}

/** A reply beyond those that its page has. */
async function loadUpTo(
  cache: CommentCache,
  { id, parentId }: { id: string; parentId: string | null },
) {
  for (;;) {
    const thread = findThread(cache, parentId)
    if (!thread || thread.replies.page.nextCursor === null) return
    const { items } = await loadReplies(cache, thread)
    if (items.some((reply) => reply.id === id)) return
  }
}
