import type { AuditEntry } from '@galley/contract/platform/audit'
import { textLinkClass } from '@galley/ui/button'
import { EmptyState } from '@galley/ui/empty-state'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTRPC } from '../../../lib/trpc.ts'
import { FilterProblem } from '../layout/filter-problem.tsx'
import { Pager } from '../layout/pager.tsx'
import { Moment } from '../layout/time.tsx'
import { deviceName } from '../sessions/device-name.ts'
import { AuditFilter } from './audit-filter.tsx'
import { auditEntries } from './audit-queries.ts'
import type { AuditSearch } from './audit-search.ts'
import { auditSentence } from './audit-sentence.ts'

/** Who did what; a filter that the server refuses is said above the list, not a page of its own. */
export function AuditPage({ search }: { search: AuditSearch }) {
  const { data, error } = useQuery(auditEntries(useTRPC(), search))
  return (
    <>
      <AuditFilter search={search} />
      <FilterProblem error={error} />
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
          first="First page"
          next="Next page"
          filter={search}
        />
      )}
    </>
  )
}

function AuditRow({ entry }: { entry: AuditEntry }) {
  const { at, action, target, requestId, ip, userAgent, before, after } = entry
  const sentence = auditSentence(entry)
  return (
    <li className="flex flex-col gap-1 border-t border-rule py-4 text-sm">
      <p className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
        <span className="min-w-0 wrap-anywhere">{sentence}</span>
        <span className="text-xs text-soft">
          <Moment timestamp={at} />
        </span>
      </p>
      <details>
        <summary className="w-fit py-1 text-xs font-medium text-soft hover:text-ink">
          Details<span className="sr-only">: {sentence}</span>
        </summary>
        <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 pt-2 text-xs [&>dt]:text-soft">
          <dt>Action</dt>
          <dd>
            <code className="font-mono">{action}</code>
          </dd>
          <dt>About</dt>
          <dd className="break-all">
            <Link
              to="/admin/audit"
              search={{ targetType: target.type, targetId: target.id }}
              className={textLinkClass}
            >
              {target.type} {target.id}
            </Link>
          </dd>
          <dt>Request</dt>
          <dd className="break-all">{requestId}</dd>
          <dt>Address</dt>
          <dd>{ip}</dd>
          <dt>Device</dt>
          <dd title={userAgent}>{deviceName(userAgent)}</dd>
          <dt>Before</dt>
          <dd>
            <Values of={before} />
          </dd>
          <dt>After</dt>
          <dd>
            <Values of={after} />
          </dd>
        </dl>
      </details>
    </li>
  )
}

function Values({ of }: { of: Record<string, unknown> | null }) {
  if (!of) return <span className="text-soft">nothing</span>
  return (
    <code className="font-mono wrap-anywhere whitespace-pre-wrap">
      {JSON.stringify(of, null, 2)}
    </code>
  )
}
