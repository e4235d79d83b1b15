import type { ArticleView } from '@galley/contract/articles'
import { Button, buttonClass } from '@galley/ui/button'
import { Link } from '@tanstack/react-router'
import { Heart } from 'lucide-react'
import { useCurrentUser } from '../sessions/current-user.ts'
import { useFavourite } from './use-favourite.ts'

export function FavouriteButton({ article }: { article: ArticleView }) {
  const user = useCurrentUser()
  const { toggle, busy } = useFavourite(article)
  const content = (
    <>
      <Heart
        aria-hidden="true"
        className={`size-4 ${article.favourited ? 'fill-accent text-accent' : ''}`}
      />
      Favourite
      <span className="tabular-nums text-soft">{article.favouriteCount}</span>
    </>
  )
  if (!user) {
    return (
      <Link
        to="/sign-in"
        search={{ next: `/articles/${article.slug}` }}
        className={buttonClass('line', 'small')}
      >
        {content}
      </Link>
    )
  }
  if (!article.can.favourite) return null
  return (
    <Button
      variant="line"
      size="small"
      aria-pressed={article.favourited}
      busy={busy}
      onClick={toggle}
      className="noscript:hidden"
    >
      {content}
    </Button>
  )
}
