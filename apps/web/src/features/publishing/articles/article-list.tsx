import type { ArticleSummary } from '@galley/contract/publishing/articles'
import type { ReactNode } from 'react'
import { Pager } from '../../platform/layout/pager.tsx'
import { ArticleCard } from './article-card.tsx'
import { ArticleLead } from './article-lead.tsx'

type ArticleListProps = {
  list: { items: ArticleSummary[]; page: { nextCursor: string | null } }
  cursor: string | undefined
  /** Shows the first article across the page. */
  lead?: boolean
  /** The words of the links to other pages. */
  first?: string
  next?: string
  /** Stands in for a list without articles. */
  empty: ReactNode
}

/** One page of articles, newest first, and the way to the others. */
export function ArticleList({
  list: { items, page },
  cursor,
  lead = false,
  first: firstPage = 'Newest articles',
  next = 'Older articles',
  empty,
}: ArticleListProps) {
  const [first] = items
  return (
    <>
      {!first && empty}
      {first && lead && <ArticleLead article={first} />}
      {first && <Grid articles={lead ? items.slice(1) : items} />}
      <Pager cursor={cursor} nextCursor={page.nextCursor} first={firstPage} next={next} />
    </>
  )
}

function Grid({ articles }: { articles: ArticleSummary[] }) {
  return (
    <ul className="grid gap-x-10 gap-y-14 py-12 sm:grid-cols-2 lg:grid-cols-3">
      {articles.map((article) => (
        <li key={article.id}>
          <ArticleCard article={article} />
        </li>
      ))}
    </ul>
  )
}
