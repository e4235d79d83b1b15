import type { ArticleView } from '@galley/contract/publishing/articles'
import { Button } from '@galley/ui/button'
import { FavouriteLabel } from './favourite-label.tsx'
import { useFavourite } from './use-favourite.ts'

/** Adds the article to the person's favourites, or takes it out. */
export function FavouriteToggle({ article }: { article: ArticleView }) {
  const { toggle, busy } = useFavourite(article)
  return (
    <Button
      variant="line"
      size="small"
      aria-pressed={article.favourited}
      busy={busy}
      onClick={toggle}
      className="noscript:hidden"
    >
      <FavouriteLabel article={article} />
    </Button>
  )
}
