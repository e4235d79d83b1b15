import type { RevisionSummary } from '@galley/contract/publishing/revisions'
import { Badge } from '@galley/ui/badge'
import { Link } from '@tanstack/react-router'
import { Moment } from '../../platform/layout/time.tsx'

type RevisionListProps = {
  revisions: readonly RevisionSummary[]
  /** The one that the article has now. */
  newestId: string | undefined
  shownId: string | undefined
  /** What is in the address of the list besides. */
  search: { cursor?: string | undefined; view?: 'source' | undefined }
}

/** What an article has been, the newest first; each leads to what it changed. */
export function RevisionList({ revisions, newestId, shownId, search }: RevisionListProps) {
  return (
    <ol aria-label="Revisions" className="border-t border-rule">
      {revisions.map((revision) => (
        <li
          key={revision.id}
          className={`flex flex-col gap-1.5 border-b border-rule px-3 py-4 text-sm ${revision.id === shownId ? 'bg-sunken' : ''}`}
        >
          <p className="font-medium">
            Version {revision.version} · <Moment timestamp={revision.savedAt} />
          </p>
          <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-xs text-soft">
            <bdi className="text-ink">{revision.author.displayName}</bdi>
            <span>{howItCame(revision)}</span>
            <span className="tabular-nums">
              {revision.words} {revision.words === 1 ? 'word' : 'words'}
            </span>
            {revision.id === newestId && <Badge>Now</Badge>}
            {revision.wasPublic && <Badge tone="good">Public</Badge>}
          </p>
          {revision.reason && (
            <p dir="auto" className="break-words">
              “{revision.reason}”
            </p>
          )}
          <p className="flex flex-wrap gap-x-4 gap-y-1 text-xs">
            <Link
              to="."
              search={{ ...search, revision: revision.id }}
              aria-current={revision.id === shownId ? 'true' : undefined}
              className="underline underline-offset-2 hover:text-accent"
            >
              What it changed
              <span className="sr-only">: version {revision.version}</span>
            </Link>
            {newestId !== undefined && revision.id !== newestId && (
              <Link
                to="."
                search={{ ...search, revision: newestId, against: revision.id }}
                className="underline underline-offset-2 hover:text-accent"
              >
                Changed since
                <span className="sr-only"> version {revision.version}</span>
              </Link>
            )}
          </p>
        </li>
      ))}
    </ol>
  )
}

function howItCame({ cause, restoredVersion }: RevisionSummary) {
  if (cause === 'created') return 'began it'
  return cause === 'restored' ? `restored version ${restoredVersion}` : 'changed it'
}
