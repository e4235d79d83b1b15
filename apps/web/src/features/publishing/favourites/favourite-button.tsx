import type { ArticleView } from '@galley/contract/publishing/articles'
import { buttonClass } from '@galley/ui/button'
import { Link } from '@tanstack/react-router'
import { Heart } from 'lucide-react'
import { Suspense } from 'react'
import { lazyInBrowser } from '../../../lib/lazy-in-browser.ts'
import { useCurrentUser } from '../../platform/sessions/current-user.ts'

// What changes something is not loaded by those who only read.
const FavouriteToggle = lazyInBrowser(
  async () => (await import('./favourite-toggle.tsx')).FavouriteToggle,
)

export function FavouriteButton({ article }: { article: ArticleView }) {
  const user = useCurrentUser()
  const label = <FavouriteLabel article={article} />
  if (!user) {
    return (
      <Link
        to="/sign-in"
        search={{ next: `/articles/${article.slug}` }}
        className={buttonClass('line', 'small')}
      >
        {label}
      </Link>
    )
  }
  if (!article.can.favourite) return null
  return (
    <Suspense fallback={<span className={buttonClass('line', 'small')}>{label}</span>}>
      <FavouriteToggle article={article}>{label}</FavouriteToggle>
    </Suspense>
  )
}

function FavouriteLabel({ article }: { article: ArticleView }) {
  return (
    <>
      <Heart
        aria-hidden="true"
        className={`size-4 ${article.favourited ? 'fill-accent text-accent' : ''}`}
      />
      Favourite
      <span className="tabular-nums text-soft">{article.favouriteCount}</span>
    </>
  )
}
