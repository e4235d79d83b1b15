import type { ArticleSummary } from '@galley/contract/publishing/articles'
import { Link } from '@tanstack/react-router'
import { TagLinks } from '../tags/tag-links.tsx'
import { ArticleMeta } from './article-meta.tsx'
import { Cover } from './cover.tsx'

/** The newest article, across the page. */
export function ArticleLead({ article }: { article: ArticleSummary }) {
  return (
    <article className="grid items-center gap-x-12 gap-y-6 border-b border-rule py-10 lg:grid-cols-12 lg:py-14">
      {article.coverUrl && (
        <Link
          to="/articles/$slug"
          params={{ slug: article.slug }}
          tabIndex={-1}
          aria-hidden="true"
          className="lg:col-span-7"
        >
          <Cover src={article.coverUrl} priority />
        </Link>
      )}
      <div
        className={`flex flex-col gap-4 ${article.coverUrl ? 'lg:col-span-5' : 'lg:col-span-9'}`}
      >
        <TagLinks tags={article.tags.slice(0, 2)} />
        <h2 lang={article.language ?? undefined} dir="auto" className="headline text-4xl">
          <Link to="/articles/$slug" params={{ slug: article.slug }} className="hover:text-accent">
            {article.title}
          </Link>
        </h2>
        <p
          lang={article.language ?? undefined}
          dir="auto"
          className="font-serif text-[1.375rem] leading-snug text-soft"
        >
          {article.description}
        </p>
        <ArticleMeta article={article} />
      </div>
    </article>
  )
}
