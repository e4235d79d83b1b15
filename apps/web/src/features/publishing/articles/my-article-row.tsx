import type { MyArticle } from '@galley/contract/publishing/articles'
import { Button, buttonClass } from '@galley/ui/button'
import { Link } from '@tanstack/react-router'
import { Trash2 } from 'lucide-react'
import { useState } from 'react'
import { Day, Moment } from '../../platform/layout/time.tsx'
import { AuthorLinks } from '../authors/author-links.tsx'
import { isReadable, ScheduleWords, StatusBadge } from './article-status.tsx'
import { DeleteArticle } from './delete-article.tsx'

/** An article with what can be done to it; with its authors where they are several, or where it is somebody else's. */
export function MyArticleRow({
  article,
  isOthers = false,
}: {
  article: MyArticle
  isOthers?: boolean
}) {
  const [deleting, setDeleting] = useState(false)
  const { id, slug, status, title, publishedAt, updatedAt, words, authors, can, schedule, notice } =
    article
  const name = title || 'Untitled'
  return (
    <li className="flex flex-col gap-4 border-b border-rule py-6 sm:flex-row sm:items-center">
      <div className="flex min-w-0 flex-1 flex-col gap-1.5">
        <h2
          lang={article.language ?? article.detectedLanguage ?? undefined}
          dir="auto"
          className="headline text-xl"
        >
          <Link to="/editor/$id" params={{ id }} className="hover:text-accent">
            {name}
          </Link>
        </h2>
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-xs text-soft">
          {(isOthers || authors.length > 1) && (
            <AuthorLinks authors={authors} className="font-medium text-ink hover:text-accent" />
          )}
          <StatusBadge status={status} />
          {publishedAt !== null && isReadable(status) && (
            <span>
              Published <Day timestamp={publishedAt} />
            </span>
          )}
          <ScheduleWords schedule={schedule} />
          {notice && <span className="font-medium text-accent">{noticeWords[notice.kind]}</span>}
          <span>
            Changed <Moment timestamp={updatedAt} />
          </span>
          <span className="tabular-nums">
            {words} {words === 1 ? 'word' : 'words'}
          </span>
        </p>
      </div>
      <div className="flex gap-2">
        {can.edit && (
          <Link to="/editor/$id" params={{ id }} className={buttonClass('line', 'small')}>
            Edit
            <span className="sr-only">
              {' '}
              <bdi>{name}</bdi>
            </span>
          </Link>
        )}
        <Link to="/articles/$slug" params={{ slug }} className={buttonClass('line', 'small')}>
          {isReadable(status) ? 'Read' : 'View'}
          <span className="sr-only">
            {' '}
            <bdi>{name}</bdi>
          </span>
        </Link>
        {can.delete && (
          <Button
            variant="quiet"
            size="small"
            aria-label={`Delete ${name}`}
            onClick={() => setDeleting(true)}
          >
            <Trash2 aria-hidden="true" className="size-4" />
          </Button>
        )}
      </div>
      {deleting && <DeleteArticle article={article} onClose={() => setDeleting(false)} />}
    </li>
  )
}

const noticeWords = { sent_back: 'Sent back', missed: 'Missed its time' } as const
