import type { ArticleSummary } from '@galley/contract/articles'
import { ArticleCard } from './article-card.tsx'

export function ArticleGrid({ articles }: { articles: ArticleSummary[] }) {
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
