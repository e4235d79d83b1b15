import type { PreviewedArticle } from '@galley/contract/publishing/preview-links'
import { Notice } from '@galley/ui/notice'
import { Prose } from '../../platform/layout/prose.tsx'
import { Day, Moment } from '../../platform/layout/time.tsx'
import { Cover, Dot, hasCover, readingMinutes } from '../articles/article-meta.tsx'

/** An article that is not out yet, for somebody who has a link to it. Nothing in it leads further but the links of its text. */
export function PreviewPage({ article }: { article: PreviewedArticle }) {
  const { title, description, authors, language, words, updatedAt, expiresAt } = article
  const inItsLanguage = { lang: language ?? undefined, dir: 'auto' }
  return (
    <article className="page">
      <div className="mx-auto max-w-measure pt-10 sm:pt-16">
        <div className="mb-8">
          <Notice tone="info" title="This is a preview. The article is not published.">
            <p>
              You see it as it is at the moment. The link works until <Day timestamp={expiresAt} />.
            </p>
          </Notice>
        </div>
        <header className="flex flex-col gap-5">
          <h1 {...inItsLanguage} className="headline text-4xl">
            {title || 'Untitled'}
          </h1>
          {description && (
            <p
              {...inItsLanguage}
              className="font-serif text-[1.375rem] leading-snug text-soft sm:text-[1.5rem]"
            >
              {description}
            </p>
          )}
          <p className="flex flex-wrap items-center gap-x-2 text-sm">
            <span className="font-medium">
              <bdi>{listed(authors.map(({ displayName }) => displayName))}</bdi>
            </span>
            <span className="flex flex-wrap gap-x-2 text-xs text-soft">
              <span>
                Changed <Moment timestamp={updatedAt} />
              </span>
              <Dot />
              <span>{readingMinutes(words)} min read</span>
            </span>
          </p>
        </header>
      </div>
      {hasCover(article) && (
        <div className="mx-auto mt-10 max-w-[60rem] max-sm:-mx-[clamp(1.125rem,4vw,2.5rem)]">
          <Cover
            article={article}
            alt={article.cover?.alt}
            sizes="(min-width: 64rem) 60rem, 100vw"
            priority
            className="max-sm:rounded-none"
          />
        </div>
      )}
      <div className="mx-auto mt-10 max-w-measure sm:mt-12">
        <Prose lang={language ?? undefined} html={article.bodyHtml} />
      </div>
    </article>
  )
}

const listed = (names: string[]) => new Intl.ListFormat('en').format(names)
