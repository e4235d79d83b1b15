import type { ArticleView } from '@galley/contract/publishing/articles'
import { Heart } from 'lucide-react'

export function FavouriteLabel({ article }: { article: ArticleView }) {
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
