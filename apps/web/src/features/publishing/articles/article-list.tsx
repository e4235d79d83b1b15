import type { ArticleSummary } from '@galley/contract/publishing/articles'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { Pager } from '../../platform/layout/pager.tsx'
import { TagLinks } from '../tags/tag-links.tsx'
import { ArticleMeta, Cover, hasCover } from './article-meta.tsx'

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

/** The newest article, across the page. */
function ArticleLead({ article }: { article: ArticleSummary }) {
  return (
    <article className="grid items-center gap-x-12 gap-y-6 border-b border-rule py-10 lg:grid-cols-12 lg:py-14">
      {hasCover(article) && (
        <Link
          to="/articles/$slug"
          params={{ slug: article.slug }}
          tabIndex={-1}
          aria-hidden="true"
          className="lg:col-span-7"
        >
          <Cover article={article} sizes="(min-width: 64rem) 41rem, 92vw" priority />
        </Link>
      )}
      <div
        className={`flex flex-col gap-4 ${hasCover(article) ? 'lg:col-span-5' : 'lg:col-span-9'}`}
      >
        <TagLinks tags={article.tags.slice(0, 2)} />
        <Words article={article} headline="text-4xl" description="text-[1.375rem]" />
      </div>
    </article>
  )
}

/** An article in a grid: picture above, words below. */
function ArticleCard({ article }: { article: ArticleSummary }) {
  return (
    <article className="flex flex-col gap-4">
      {hasCover(article) && (
        <Link to="/articles/$slug" params={{ slug: article.slug }} tabIndex={-1} aria-hidden="true">
          <Cover
            article={article}
            sizes="(min-width: 64rem) 22rem, (min-width: 40rem) 45vw, 92vw"
          />
        </Link>
      )}
      <div className="flex flex-col gap-2.5">
        <Words article={article} headline="text-2xl" description="line-clamp-3 text-lg" />
      </div>
    </article>
  )
}

type WordsProps = {
  article: ArticleSummary
  /** Classes of the two, their sizes. */
  headline: string
  description: string
}

/** Headline, description and who wrote it, in the language of the article. */
function Words({ article, headline, description }: WordsProps) {
  const inItsLanguage = { lang: article.language ?? undefined, dir: 'auto' }
  return (
    <>
      <h2 {...inItsLanguage} className={`headline ${headline}`}>
        <Link to="/articles/$slug" params={{ slug: article.slug }} className="hover:text-accent">
          {article.title}
        </Link>
      </h2>
      <p {...inItsLanguage} className={`font-serif leading-snug text-soft ${description}`}>
        {article.description}
      </p>
      <ArticleMeta article={article} />
    </>
  )
}
