import type { ArticleSummary } from '@galley/contract/publishing/articles'
import { Link } from '@tanstack/react-router'
import { ArticleMeta } from './article-meta.tsx'
import { Cover } from './cover.tsx'

/** An article in a grid: picture above, words below. */
export function ArticleCard({ article }: { article: ArticleSummary }) {
  return (
    <article className="flex flex-col gap-4">
      {article.coverUrl && (
        <Link to="/articles/$slug" params={{ slug: article.slug }} tabIndex={-1} aria-hidden="true">
          <Cover src={article.coverUrl} />
        </Link>
      )}
      <div className="flex flex-col gap-2.5">
        <h2 lang={article.language ?? undefined} dir="auto" className="headline text-2xl">
          <Link to="/articles/$slug" params={{ slug: article.slug }} className="hover:text-accent">
            {article.title}
          </Link>
        </h2>
        <p
          lang={article.language ?? undefined}
          dir="auto"
          className="line-clamp-3 font-serif text-lg leading-snug text-soft"
        >
          {article.description}
        </p>
        <ArticleMeta article={article} />
      </div>
    </article>
  )
}
