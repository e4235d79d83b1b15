import type { RevisionComparison } from '@galley/contract/publishing/revisions'
import { buttonClass } from '@galley/ui/button'
import { EmptyState } from '@galley/ui/empty-state'
import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTRPC } from '../../../lib/trpc.ts'
import { FilterProblem } from '../../platform/layout/filter-problem.tsx'
import { PageHeader } from '../../platform/layout/page-header.tsx'
import { Pager } from '../../platform/layout/pager.tsx'
import { articleSource } from '../articles/queries.ts'
import { Comparison } from './comparison.tsx'
import { articleRevisions, revisionComparison } from './queries.ts'
import { RestoreRevision } from './restore-revision.tsx'
import { RevisionList } from './revision-list.tsx'

export type HistorySearch = {
  revision?: string | undefined
  against?: string | undefined
  view?: 'source' | undefined
  cursor?: string | undefined
}

/** The texts that an article has had, and what differs between two of them. */
export function HistoryPage({ id, search }: { id: string; search: HistorySearch }) {
  const trpc = useTRPC()
  const { revision, against, view, cursor } = search
  const { data: article } = useSuspenseQuery(articleSource(trpc, id))
  const { data } = useSuspenseQuery(articleRevisions(trpc, id, cursor))
  const { data: newest } = useSuspenseQuery(articleRevisions(trpc, id, undefined))
  const shown = useQuery({
    ...revisionComparison(trpc, revision ?? '', against),
    enabled: revision !== undefined,
  })
  const newestId = newest.items[0]?.id
  return (
    <div className="page">
      <PageHeader
        eyebrow="History"
        title={article.title || 'Untitled'}
        aside={<BackToEditor id={id} />}
      >
        <p className="max-w-prose text-sm text-soft">
          Every save is kept: those of one person within ten minutes together, of days more than a
          month ago the last. Nothing is deleted by restoring an earlier text.
        </p>
      </PageHeader>
      <FilterProblem error={shown.error} />
      {data.items.length === 0 ? (
        <EmptyState title="Nothing has been changed yet">
          From the first change on, what the article was before is kept here.
        </EmptyState>
      ) : (
        <div
          className={revision ? 'grid gap-10 lg:grid-cols-[18rem_minmax(0,1fr)]' : 'max-w-[40rem]'}
        >
          {shown.data && (
            <div className="lg:col-start-2 lg:row-start-1">
              <Comparison
                comparison={shown.data}
                view={view}
                search={{ revision, against, cursor }}
              >
                <RestoreRevision article={article} revision={toRestore(shown.data, newestId)} />
              </Comparison>
            </div>
          )}
          <div className="lg:col-start-1 lg:row-start-1">
            <RevisionList
              revisions={data.items}
              newestId={newestId}
              shownId={revision}
              search={{ cursor, view }}
            />
            <Pager
              cursor={cursor}
              nextCursor={data.page.nextCursor}
              first="Newest"
              next="Earlier"
              filter={{ revision, against, view }}
            />
          </div>
        </div>
      )}
    </div>
  )
}

/** Of two that are compared: the later one, unless that is what the article has already. */
const toRestore = ({ before, after }: RevisionComparison, newestId: string | undefined) =>
  after.id === newestId ? before : after

const BackToEditor = ({ id }: { id: string }) => (
  <Link to="/editor/$id" params={{ id }} className={buttonClass('line', 'small')}>
    Back to the editor
  </Link>
)
