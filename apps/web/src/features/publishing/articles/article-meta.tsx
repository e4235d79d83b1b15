import type { ArticleSummary } from '@galley/contract/publishing/articles'
import { Heart, MessageCircle } from 'lucide-react'
import { Day } from '../../platform/layout/time.tsx'
import { PictureImage } from '../../platform/media/picture-image.tsx'
import { AuthorLinks } from '../authors/author-links.tsx'

/** Who wrote an article and when, how long it takes to read, and what readers made of it. */
export function ArticleMeta({ article }: { article: ArticleSummary }) {
  const { authors, publishedAt, words } = article
  return (
    <div className="flex flex-col gap-0.5 text-xs text-soft">
      <AuthorLinks authors={authors} className="font-medium text-ink hover:text-accent" />
      <div className="flex items-center gap-2">
        <PublishedDay timestamp={publishedAt} />
        <Dot />
        <span>{readingMinutes(words)} min read</span>
        <Counts article={article} />
      </div>
    </div>
  )
}

export function PublishedDay({ timestamp }: { timestamp: string | null }) {
  if (timestamp === null) return <span>Not published</span>
  return <Day timestamp={timestamp} />
}

export const Dot = () => <span aria-hidden="true">·</span>

function Counts({ article }: { article: ArticleSummary }) {
  const { favouriteCount, commentCount, favourited } = article
  return (
    <span className="ml-auto inline-flex gap-3 tabular-nums">
      {favouriteCount > 0 && (
        <span className="inline-flex items-center gap-1">
          <Heart
            aria-hidden="true"
            className={`size-3.5 ${favourited ? 'fill-accent text-accent' : ''}`}
          />
          {favouriteCount}
          <span className="sr-only">
            {favouriteCount === 1 ? 'favourite' : 'favourites'}
            {favourited && ', one of them yours'}
          </span>
        </span>
      )}
      {commentCount > 0 && (
        <span className="inline-flex items-center gap-1">
          <MessageCircle aria-hidden="true" className="size-3.5" />
          {commentCount}
          <span className="sr-only">{commentCount === 1 ? 'comment' : 'comments'}</span>
        </span>
      )}
    </span>
  )
}

/** Minutes to read so many words at 230 a minute (Brysbaert 2019: 238 for English non-fiction), at least 1. */
export const readingMinutes = (words: number) => Math.max(1, Math.round(words / 230))

export type CoverOf = Pick<ArticleSummary, 'cover' | 'coverUrl'>

type CoverProps = {
  article: CoverOf
  /** How wide it is shown, for the browser to choose a file by. */
  sizes: string
  /** Decoration, unless it stands on its own. */
  alt?: string
  className?: string
  priority?: boolean
}

export const hasCover = ({ cover, coverUrl }: CoverOf) => Boolean(cover ?? coverUrl)

/** An article's picture, sixteen by nine whatever the file is, cut around its focal point. */
export function Cover({ article, sizes, alt = '', className = '', priority = false }: CoverProps) {
  const { cover, coverUrl } = article
  const look = `aspect-video w-full rounded-sm bg-sunken object-cover ${className}`
  if (cover) {
    const focus = cover.focus
      ? ` focal focal-x-${step(cover.focus.x)} focal-y-${step(cover.focus.y)}`
      : ''
    return <PictureImage picture={cover} {...{ alt, sizes, priority }} className={look + focus} />
  }
  return (
    <img
      src={coverUrl ?? undefined}
      alt=""
      width={1600}
      height={900}
      loading={priority ? 'eager' : 'lazy'}
      fetchPriority={priority ? 'high' : undefined}
      decoding="async"
      className={look}
    />
  )
}

/** As the classes of `focal` go. */
const step = (percent: number) => Math.round(percent / 5) * 5
