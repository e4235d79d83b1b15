import { buttonClass } from '@galley/ui/button'
import { Link } from '@tanstack/react-router'

type CommentPagerProps = { slug: string; cursor: string | undefined; nextCursor: string | null }

export function CommentPager({ slug, cursor, nextCursor }: CommentPagerProps) {
  if (!cursor && nextCursor === null) return null
  return (
    <nav aria-label="Pages of comments" className="mt-6 flex flex-wrap gap-3">
      {cursor && (
        <Link
          to="/articles/$slug"
          params={{ slug }}
          hash="comments"
          className={buttonClass('line', 'small')}
        >
          First comments
        </Link>
      )}
      {nextCursor !== null && (
        <Link
          to="/articles/$slug"
          params={{ slug }}
          search={{ comments: nextCursor }}
          hash="comments"
          className={buttonClass('line', 'small')}
        >
          More comments
        </Link>
      )}
    </nav>
  )
}
