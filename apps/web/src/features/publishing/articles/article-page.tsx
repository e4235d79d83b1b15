import type { ArticleView } from '@galley/contract/publishing/articles'
import { Avatar } from '@galley/ui/avatar'
import { buttonClass } from '@galley/ui/button'
import { Notice } from '@galley/ui/notice'
import { Link } from '@tanstack/react-router'
import { PenLine } from 'lucide-react'
import { lazy, type ReactNode, Suspense } from 'react'
import { lazyInBrowser } from '../../../lib/lazy-in-browser.ts'
import { Prose } from '../../platform/layout/prose.tsx'
import { Day, formatDay } from '../../platform/layout/time.tsx'
import { AuthorLinks } from '../authors/author-links.tsx'
import { FavouriteButton } from '../favourites/favourite-button.tsx'
import { TagLinks } from '../tags/tag-links.tsx'
import { Dot, hasCover, PublishedDay, readingMinutes } from './article-meta.tsx'
import { CoverFigure } from './cover-figure.tsx'
import { endOfText, useEndOfText } from './end-of-text.ts'

const Contents = lazyInBrowser(async () => (await import('./contents.tsx')).Contents)
const ShareButton = lazy(async () => ({
  default: (await import('./share-button.tsx')).ShareButton,
}))
const MoreToRead = lazyInBrowser(async () => {
  await endOfText
  return (await import('./more-to-read.tsx')).MoreToRead
})

/** With fewer headings a text is seen at a glance. */
const FEWEST_HEADINGS = 3
/** Deeper ones are many, and near those above them. */
const DEEPEST_HEADING = 3

/** A shorter text needs no sign of how far it is read. */
const LONG_MINUTES = 3

/** An article to read; the comments come as children. */
export function ArticlePage({ article, children }: { article: ArticleView; children: ReactNode }) {
  const { status } = article
  const headings = article.headings.filter(({ level }) => level <= DEEPEST_HEADING)
  return (
    <article className="page">
      <div className="mx-auto max-w-measure pt-10 sm:pt-16">
        {status !== 'published' && (
          <div className="mb-8">
            <Notice tone="info" title={notices[status]} />
          </div>
        )}
        <ArticleHeader article={article} />
      </div>
      {hasCover(article) && <CoverFigure article={article} />}
      <div className="relative mx-auto mt-10 max-w-measure sm:mt-12">
        {headings.length >= FEWEST_HEADINGS && (
          <Suspense>
            <Contents article={article} headings={headings} />
          </Suspense>
        )}
        <div className="reading">
          {readingMinutes(article.words) >= LONG_MINUTES && <div className="reading-progress" />}
          <Prose lang={article.language ?? undefined} html={article.bodyHtml} />
        </div>
      </div>
      <div className="mx-auto max-w-measure">
        <ArticleFooter article={article} />
        {(status === 'published' || status === 'archived') && children}
        {status === 'published' && (
          <Suspense>
            <MoreToRead articleId={article.id} />
          </Suspense>
        )}
      </div>
    </article>
  )
}

/** A component of its own, so that nothing else is rendered again when the end comes near. */
function ArticleFooter({ article }: { article: ArticleView }) {
  const [end, isNear] = useEndOfText<HTMLElement>()
  return (
    <footer ref={end} className="print:hidden mt-12 flex flex-col gap-6 border-y border-rule py-6">
      <div className="flex flex-wrap items-center justify-between gap-4">
        <TagLinks tags={article.tags} />
        {article.status === 'published' && (
          <div className="flex flex-wrap gap-3">
            <Suspense>{isNear && <ShareButton article={article} />}</Suspense>
            <FavouriteButton article={article} />
          </div>
        )}
      </div>
    </footer>
  )
}

const notices = {
  draft: 'This is a draft. Only its authors and editors can see it.',
  in_review: 'This is in review. Only its authors and editors can see it.',
  scheduled: 'This is not published yet. Only its authors and editors can see it.',
  archived: 'This article is archived: it may be out of date, and takes no new comments.',
} as const

function ArticleHeader({ article }: { article: ArticleView }) {
  return (
    <header className="flex flex-col gap-5">
      <TagLinks tags={article.tags} />
      <h1 lang={article.language ?? undefined} dir="auto" className="headline text-4xl">
        {article.title || 'Untitled'}
      </h1>
      {article.description && (
        <p
          lang={article.language ?? undefined}
          dir="auto"
          className="font-serif text-[1.375rem] leading-snug text-soft sm:text-[1.5rem]"
        >
          {article.description}
        </p>
      )}
      <Byline article={article} />
    </header>
  )
}

function Byline({ article }: { article: ArticleView }) {
  const { authors, publishedAt, updatedAt, words, can } = article
  const edited =
    publishedAt !== null &&
    updatedAt > publishedAt &&
    formatDay(updatedAt) !== formatDay(publishedAt)
  return (
    <div className="mt-2 flex flex-wrap items-center gap-x-3 gap-y-4">
      <span className="flex -space-x-3">
        {authors.slice(0, 3).map((author) => (
          <Avatar key={author.username} person={author} />
        ))}
      </span>
      <div className="mr-auto flex flex-col text-sm">
        <AuthorLinks authors={authors} rel="author" className="font-medium hover:text-accent" />
        <span className="flex flex-wrap gap-x-2 text-xs text-soft">
          <PublishedDay timestamp={publishedAt} />
          {edited && (
            <span>
              (edited <Day timestamp={updatedAt} />)
            </span>
          )}
          <Dot />
          <span>{readingMinutes(words)} min read</span>
        </span>
      </div>
      {can.edit && (
        <Link to="/editor/$id" params={{ id: article.id }} className={buttonClass('line', 'small')}>
          <PenLine aria-hidden="true" className="size-3.5" />
          Edit
        </Link>
      )}
      {article.status === 'published' && <FavouriteButton article={article} />}
    </div>
  )
}
