import { EmptyState } from '@galley/ui/empty-state'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useTRPC } from '../../../lib/trpc.ts'
import { Pager } from '../../platform/layout/pager.tsx'
import { MyArticleRow } from './my-article-row.tsx'
import { draftsOfOthers } from './queries.ts'

/** What others are writing, for those who edit it. */
export function DraftsPage({ cursor }: { cursor: string | undefined }) {
  const { data } = useSuspenseQuery(draftsOfOthers(useTRPC(), cursor))
  return (
    <>
      <p className="pt-8 text-sm text-soft">
        Drafts of other people, last changed first. Only their authors and editors can see them.
      </p>
      {data.items.length === 0 ? (
        <EmptyState title="No drafts of other people" />
      ) : (
        <ul aria-label="Drafts">
          {data.items.map((article) => (
            <MyArticleRow key={article.id} article={article} author={article.author} />
          ))}
        </ul>
      )}
      <Pager cursor={cursor} nextCursor={data.page.nextCursor} first="Newest" next="Older" />
    </>
  )
}
