import type { ArticleView } from '@galley/contract/publishing/articles'
import type { CommentView } from '@galley/contract/publishing/comments'
import { buttonClass } from '@galley/ui/button'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { reasonOf } from '../../../lib/errors.ts'
import { useLive } from '../../../lib/live.ts'
import { useTRPC } from '../../../lib/trpc.ts'
import { useCurrentUser } from '../../platform/sessions/current-user.ts'
import { articleBySlug } from '../articles/queries.ts'
import {
  addReply,
  addThread,
  countComment,
  findShown,
  focusComment,
  putComment,
  removeComment,
} from './comment-cache.ts'
import { anchorOf, type CommentPlace, commentsOf } from './queries.ts'

type LiveCommentsProps = { article: ArticleView; place: CommentPlace }

/**
 * What others write while somebody reads, below the comments: those who see their end see it at once, others are told and
 * fetch it, so that nothing moves that they read. What is changed or deleted is so in its place.
 */
export function LiveComments({ article, place }: LiveCommentsProps) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const cache = { trpc, queryClient }
  const me = useCurrentUser()?.username
  const navigate = useNavigate()
  const [waiting, setWaiting] = useState<readonly CommentView[]>([])
  const [said, setSaid] = useState('')
  const end = useRef<HTMLDivElement>(null)
  const isAtEnd = useInView(end)
  const list = commentsOf(trpc, article.id, place).queryKey
  const hasMore = () => Boolean(queryClient.getQueryData(list)?.page.nextCursor)

  /** Whether it stands on this page now. */
  const settle = (comment: CommentView): boolean => {
    if (findShown(cache, comment.id)) return true
    if (comment.parentId !== null) addReply(cache, comment)
    else if (!hasMore()) addThread(cache, list, comment)
    return findShown(cache, comment.id) !== undefined
  }

  const arrive = (comment: CommentView) => {
    if (findShown(cache, comment.id)) return
    countComment(cache, { slug: article.slug, id: comment.id, step: 1 })
    const isNext = comment.parentId === null && isAtEnd() && !hasMore()
    if (comment.author.username === me || isNext) {
      settle(comment)
      if (comment.author.username !== me) setSaid(`New comment by ${comment.author.displayName}.`)
      return
    }
    setWaiting((before) => [...before.filter(({ id }) => id !== comment.id), comment])
  }

  const leave = (id: string) => {
    removeComment(cache, id)
    countComment(cache, { slug: article.slug, id, step: -1 })
    setWaiting((before) => before.filter((comment) => comment.id !== id))
  }

  /** As it is by now: later events of the same comment may have come before this one was read. */
  const read = async (id: string, then: (comment: CommentView) => void) => {
    const wanted = { ...trpc.comments.get.queryOptions({ id }), staleTime: 0 }
    try {
      then(await queryClient.fetchQuery(wanted))
    } catch (error) {
      if (reasonOf(error) === 'comment/not-found') leave(id)
    }
  }

  useLive([{ article: article.id }], ({ event, ids }) => {
    const id = ids['commentId']
    if (event === 'reload') setWaiting([])
    if (event === 'article.comments-closed' || event === 'article.comments-opened') {
      // Whether one may comment stands with the article, and whether one may reply with each comment.
      void queryClient.invalidateQueries(articleBySlug(trpc, article.slug))
      void queryClient.invalidateQueries(trpc.comments.list.queryFilter())
      setSaid(`The comments are ${event === 'article.comments-closed' ? 'closed' : 'open'} now.`)
    }
    if (id === undefined) return
    if (event === 'comment.created') void read(id, arrive)
    if (event === 'comment.updated') void read(id, (comment) => putComment(cache, comment))
    if (event === 'comment.deleted') {
      void read(id, (comment) => {
        if (comment.deletedAt === null) return
        putComment(cache, comment)
        countComment(cache, { slug: article.slug, id, step: -1 })
      })
    }
  })

  const show = () => {
    const shown = waiting.filter(settle)
    setWaiting([])
    const [first] = shown
    const [elsewhere] = waiting
    if (first) focusComment(anchorOf(first))
    else if (elsewhere) {
      const search = { comment: elsewhere.id }
      void navigate({ to: '.', search, hash: anchorOf(elsewhere) })
    }
  }

  const count = waiting.length
  const label = count === 1 ? '1 new comment' : `${count} new comments`
  return (
    <div ref={end}>
      <p role="status" className="sr-only">
        {count > 0 ? label : said}
      </p>
      {count > 0 && (
        <div className="sticky bottom-4 mt-4 flex justify-center">
          <button type="button" className={buttonClass('solid', 'small')} onClick={show}>
            {label}
          </button>
        </div>
      )}
    </div>
  )
}

/** Whether an element is in view, by the time that it is asked. */
function useInView(element: { readonly current: HTMLElement | null }): () => boolean {
  const isInView = useRef(false)
  useEffect(() => {
    if (!element.current || !('IntersectionObserver' in window)) return
    const observer = new IntersectionObserver((entries) => {
      isInView.current = entries.at(-1)?.isIntersecting ?? false
    })
    observer.observe(element.current)
    return () => observer.disconnect()
  }, [element])
  return () => isInView.current
}
