import type { ArticlesAround, ArticleSummary } from '@galley/contract/publishing/articles'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTRPC } from '../../../lib/trpc.ts'
import { ArticleMeta } from './article-meta.tsx'
import { articlesAround } from './queries.ts'

/**
 * The articles published before and after one, and those about the same. Pages that are kept for all have them from the
 * start; for others they are fetched once this is shown.
 */
export function MoreToRead({ articleId }: { articleId: string }) {
  const { data } = useQuery(articlesAround(useTRPC(), articleId))
  return data ? <Around around={data} /> : null
}

function Around({ around: { previous, next, related } }: { around: ArticlesAround }) {
  if (!previous && !next && related.length === 0) return null
  return (
    <nav
      aria-label="More to read"
      className="mt-16 flex print:hidden flex-col gap-12 border-t border-rule pt-10"
    >
      {(previous ?? next) && (
        <div className="grid gap-8 sm:grid-cols-2">
          {previous && <Neighbour article={previous} words="Published before" rel="prev" />}
          {next && (
            <Neighbour
              article={next}
              words="Published after"
              rel="next"
              className="sm:col-start-2 sm:text-end"
            />
          )}
        </div>
      )}
      {related.length > 0 && (
        <section aria-labelledby="related-title">
          <h2 id="related-title" className="headline text-2xl">
            Related articles
          </h2>
          <ul className="mt-6 grid gap-8 sm:grid-cols-2">
            {related.map((article) => (
              <li key={article.id} className="flex flex-col gap-2">
                <Title article={article} />
                <ArticleMeta article={article} />
              </li>
            ))}
          </ul>
        </section>
      )}
    </nav>
  )
}

type NeighbourProps = {
  article: ArticleSummary
  words: string
  rel: 'prev' | 'next'
  className?: string
}

function Neighbour({ article, words, rel, className = '' }: NeighbourProps) {
  return (
    <div className={`flex flex-col gap-1 ${className}`}>
      <span className="text-xs text-soft">{words}</span>
      <Title article={article} rel={rel} />
    </div>
  )
}

function Title({ article, rel }: { article: ArticleSummary; rel?: 'prev' | 'next' }) {
  return (
    <Link
      to="/articles/$slug"
      params={{ slug: article.slug }}
      rel={rel}
      lang={article.language ?? undefined}
      dir="auto"
      className="headline text-xl hover:text-accent"
    >
      {article.title}
    </Link>
  )
}
