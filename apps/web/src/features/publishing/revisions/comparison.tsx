import type { RevisionComparison, RevisionSummary } from '@galley/contract/publishing/revisions'
import { Notice } from '@galley/ui/notice'
import { tabLinkClass, tabRowClass } from '@galley/ui/tab-links'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { Prose } from '../../platform/layout/prose.tsx'
import { Moment } from '../../platform/layout/time.tsx'

type ComparisonProps = {
  comparison: RevisionComparison
  view: 'source' | undefined
  search: {
    revision?: string | undefined
    against?: string | undefined
    cursor?: string | undefined
  }
  /** What can be done with the later one. */
  children: ReactNode
}

/** What differs between two revisions: for the eye by colour and line, for screen readers in words. */
export function Comparison({ comparison, view, search, children }: ComparisonProps) {
  const { before, after, fields, isRough } = comparison
  return (
    <section aria-labelledby="comparison" className="flex min-w-0 flex-col gap-5">
      <header className="flex flex-wrap items-start justify-between gap-4">
        <div className="flex flex-col gap-1">
          <h2 id="comparison" className="headline text-xl">
            What changed
          </h2>
          <p className="text-sm text-soft">
            {before ? <Which revision={before} /> : 'From nothing'}
            {' to '}
            <Which revision={after} />
          </p>
        </div>
        {children}
      </header>
      {isRough && (
        <Notice title="The two texts differ so much that whole passages are shown as changed." />
      )}
      {fields.length > 0 && <FieldChanges fields={fields} />}
      <nav aria-label="How to compare" className={tabRowClass}>
        <Link
          to="."
          search={{ ...search, view: undefined }}
          activeOptions={{ explicitUndefined: true }}
          className={tabLinkClass}
        >
          As readers see it
        </Link>
        <Link to="." search={{ ...search, view: 'source' }} className={tabLinkClass}>
          Markdown
        </Link>
      </nav>
      {isUnchanged(comparison) && <p className="text-sm text-soft">The text is the same.</p>}
      {view === 'source' ? (
        <SourceChanges source={comparison.source} />
      ) : (
        <Prose html={comparison.html} className="compared" />
      )}
    </section>
  )
}

const isUnchanged = ({ source }: RevisionComparison) => source.every(({ kind }) => kind === 'same')

const Which = ({ revision }: { revision: RevisionSummary }) => (
  <>
    <Moment timestamp={revision.savedAt} /> by <bdi>{revision.author.displayName}</bdi>
  </>
)

const fieldNames: Record<RevisionComparison['fields'][number]['field'], string> = {
  title: 'Title',
  description: 'Description',
  cover: 'Cover',
  language: 'Language',
  tags: 'Tags',
}

function FieldChanges({ fields }: Pick<RevisionComparison, 'fields'>) {
  return (
    <dl className="compared grid gap-x-6 gap-y-2 text-sm sm:grid-cols-[auto_1fr]">
      {fields.map(({ field, before, after }) => (
        <div key={field} className="contents">
          <dt className="font-medium">{fieldNames[field]}</dt>
          <dd dir="auto" className="break-words">
            {before && <del>{before}</del>} {after && <ins>{after}</ins>}
          </dd>
        </div>
      ))}
    </dl>
  )
}

function SourceChanges({ source }: Pick<RevisionComparison, 'source'>) {
  return (
    <div
      dir="auto"
      className="compared font-mono text-[0.9375rem] leading-relaxed break-words whitespace-pre-wrap"
    >
      {source.map(({ kind, text }, at) => (
        // oxlint-disable-next-line react/no-array-index-key -- parts have nothing but their place
        <Part key={at} kind={kind} text={text} />
      ))}
    </div>
  )
}

function Part({ kind, text }: RevisionComparison['source'][number]) {
  if (kind === 'same') return <span>{text}</span>
  return kind === 'added' ? <ins>{text}</ins> : <del>{text}</del>
}
