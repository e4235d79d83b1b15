import type { ArticleSummary } from '@galley/contract/publishing/articles'
import { Link } from '@tanstack/react-router'
import { Heart, MessageCircle } from 'lucide-react'
import { Day } from '../../platform/layout/time.tsx'

/** Who wrote an article and when, how long it takes to read, and what readers made of it. */
export function ArticleMeta({ article }: { article: ArticleSummary }) {
  const { author, publishedAt, words } = article
  return (
    <div className="flex flex-col gap-0.5 text-xs text-soft">
      <Link
        to="/authors/$username"
        params={{ username: author.username }}
        className="w-fit font-medium text-ink hover:text-accent"
      >
        <bdi>{author.displayName}</bdi>
      </Link>
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

type CoverProps = { src: string; className?: string; priority?: boolean }

/** An article's picture, sixteen by nine whatever the file is; decoration beside the title. */
export function Cover({ src, className = '', priority = false }: CoverProps) {
  return (
    <img
      src={src}
      alt=""
      width={1600}
      height={900}
      loading={priority ? 'eager' : 'lazy'}
      fetchPriority={priority ? 'high' : undefined}
      decoding="async"
      className={`aspect-video w-full rounded-sm bg-sunken object-cover ${className}`}
    />
  )
}
