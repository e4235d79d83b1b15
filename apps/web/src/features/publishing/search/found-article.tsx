import type { FoundArticle, Highlight } from '@galley/contract/publishing/search'
import { Link } from '@tanstack/react-router'
import { ArticleMeta } from '../articles/article-meta.tsx'
import { StatusBadge } from '../articles/article-status.tsx'
import { TagLinks } from '../tags/tag-links.tsx'
import { Marked } from './marked.tsx'

/** An article that was found, with what was found in it. */
export function FoundArticleItem({ article }: { article: FoundArticle }) {
  const { slug, title, description, excerpt, highlights, status, tags } = article
  const inItsLanguage = { lang: article.language ?? undefined, dir: 'auto' }
  const of = (field: Highlight['field']) => highlights.filter((one) => one.field === field)
  return (
    <article className="flex flex-col gap-2 border-b border-rule py-7">
      <h2 {...inItsLanguage} className="headline text-2xl">
        <Link to="/articles/$slug" params={{ slug }} className="hover:text-accent">
          {title === '' ? 'Untitled' : <Marked text={title} ranges={of('title')} />}
        </Link>
        {status !== 'published' && (
          <>
            {' '}
            <StatusBadge status={status} />
          </>
        )}
      </h2>
      {description && (
        <p {...inItsLanguage} className="font-serif text-lg leading-snug text-soft">
          <Marked text={description} ranges={of('description')} />
        </p>
      )}
      {(of('excerpt').length > 0 || !description) && (
        <p {...inItsLanguage} className="line-clamp-3 text-sm text-soft">
          <Marked text={excerpt} ranges={of('excerpt')} />
        </p>
      )}
      <TagLinks tags={tags} />
      <ArticleMeta article={article} />
    </article>
  )
}
