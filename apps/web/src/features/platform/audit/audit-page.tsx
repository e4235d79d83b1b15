import type { ListAudit } from '@galley/contract/platform/audit'
import { EmptyState } from '@galley/ui/empty-state'
import { Notice } from '@galley/ui/notice'
import { useQuery } from '@tanstack/react-query'
import { fieldsOf, messageOf } from '../../../lib/errors.ts'
import { useTRPC } from '../../../lib/trpc.ts'
import { Pager } from '../layout/pager.tsx'
import { AuditFilter, type AuditSearch } from './audit-filter.tsx'
import { AuditRow } from './audit-row.tsx'
import { auditEntries } from './queries.ts'

type AuditPageProps = { search: AuditSearch; filter: Partial<ListAudit> }

/** Who did what, last first; a filter that the server refuses is said above the list, not a page of its own. */
export function AuditPage({ search, filter }: AuditPageProps) {
  const { data, error } = useQuery(auditEntries(useTRPC(), filter))
  const [wrong] = fieldsOf(error)
  return (
    <>
      <AuditFilter key={JSON.stringify(search)} search={search} />
      {error && (
        <Notice tone="bad" title={messageOf(error)}>
          {wrong && (
            <p>
              {wrong.path}: {wrong.message}
            </p>
          )}
        </Notice>
      )}
      {search.targetId && (
        <p className="pb-4 text-sm text-soft">
          Only what is about this {search.targetType ?? 'thing'}. Clear shows all again.
        </p>
      )}
      {data?.items.length === 0 && <EmptyState title="Nothing like that was recorded" />}
      {data && (
        <ul aria-label="Audit log">
          {data.items.map((entry) => (
            <AuditRow key={entry.id} entry={entry} />
          ))}
        </ul>
      )}
      {data && (
        <Pager
          cursor={search.cursor}
          nextCursor={data.page.nextCursor}
          first="Newest"
          next="Older"
        />
      )}
    </>
  )
}
