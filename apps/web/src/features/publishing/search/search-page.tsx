import { Checkbox } from '@galley/ui/checkbox'
import { buttonClass, textLinkClass } from '@galley/ui/button'
import { EmptyState } from '@galley/ui/empty-state'
import { tabLinkClass, tabRowClass } from '@galley/ui/tab-links'
import type { SearchPage as Found } from '@galley/contract/publishing/search'
import { useQuery } from '@tanstack/react-query'
import { ClientOnly, Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTRPC } from '../../../lib/trpc.ts'
import { FilterProblem } from '../../platform/layout/filter-problem.tsx'
import { PageHeader } from '../../platform/layout/page-header.tsx'
import { Pager } from '../../platform/layout/pager.tsx'
import { useCurrentInView } from '../../platform/layout/section.tsx'
import { useCurrentUser } from '../../platform/sessions/current-user.ts'
import { FoundArticleItem } from './found-article.tsx'
import { foundArticles, toSearch } from './queries.ts'
import { SearchForm } from './search-form.tsx'
import type { SearchParams } from './search-params.ts'
import { isShortcutOn, turnShortcut } from './shortcut.ts'

/** Articles by their words; what the server refuses is said above the list, and nothing that was typed is lost. */
export function SearchPage({ search }: { search: SearchParams }) {
  const { data, error, isFetching } = useQuery(foundArticles(useTRPC(), search))
  const isAsked = toSearch(search) !== undefined
  const found = isAsked && !error ? data : undefined
  return (
    <div className="page max-w-[60rem]">
      <PageHeader title="Search" />
      <SearchForm search={search} />
      <StatusTabs search={search} />
      <p role="status" className="pt-5 text-sm text-soft empty:pt-0">
        {found && !isFetching && countOf(found, search)}
        {isFetching && !found && 'Searching'}
      </p>
      <FilterProblem error={isAsked ? error : null} />
      {found && <Results found={found} search={search} isOld={isFetching} />}
      {!isAsked && <Hints />}
    </div>
  )
}

/** What is not published is looked for by its state, by those who may have some. */
function StatusTabs({ search }: { search: SearchParams }) {
  const user = useCurrentUser()
  const row = useCurrentInView<HTMLElement>()
  if (!user?.can.write) return null
  const { q, tag, author, from, to, language, sort } = search
  const kept = { q, tag, author, from, to, language, sort }
  return (
    <nav
      ref={row}
      aria-label="Which articles"
      className={`${tabRowClass} scroll-row overflow-x-auto`}
    >
      {tabs.map(({ text, status }) => (
        <Link
          key={text}
          to="/search"
          search={{ ...kept, status }}
          aria-current={search.status === status ? 'page' : undefined}
          className={`${tabLinkClass} mb-0 shrink-0`}
        >
          {text}
        </Link>
      ))}
    </nav>
  )
}

const tabs = [
  { text: 'Published', status: undefined },
  { text: 'Drafts', status: 'draft' },
  { text: 'In review', status: 'in_review' },
  { text: 'Scheduled', status: 'scheduled' },
  { text: 'Archived', status: 'archived' },
]

function countOf({ items, page: { total, totalExceeded } }: Found, { cursor }: SearchParams) {
  if (cursor !== undefined) return 'More results'
  const count = total ?? items.length
  if (count === 0) return 'No articles found'
  if (totalExceeded) return `More than ${count.toLocaleString('en')} articles found`
  return count === 1 ? '1 article found' : `${count.toLocaleString('en')} articles found`
}

type ResultsProps = { found: Found; search: SearchParams; isOld: boolean }

function Results({ found, search, isOld }: ResultsProps) {
  const { items, page, didYouMean, partial } = found
  return (
    <div aria-busy={isOld}>
      {didYouMean && (
        <p className="pt-3">
          Did you mean{' '}
          <Link
            to="/search"
            search={{ ...search, q: didYouMean, cursor: undefined }}
            className={textLinkClass}
          >
            <bdi>{didYouMean}</bdi>
          </Link>
          ?
        </p>
      )}
      {partial && (
        <p className="pt-3 text-sm text-soft">
          Very many articles match, and only some of the newest were compared. More words find the
          rest.
        </p>
      )}
      {items.length === 0 ? (
        <NothingFound search={search} isPartial={partial} />
      ) : (
        <ul aria-label="Results">
          {items.map((article) => (
            <li key={article.id}>
              <FoundArticleItem article={article} />
            </li>
          ))}
        </ul>
      )}
      <Pager
        cursor={search.cursor}
        nextCursor={page.nextCursor}
        first="First results"
        next="More results"
        filter={{ ...search, cursor: undefined }}
      />
    </div>
  )
}

/** What may help where nothing was found: without the filters, with fewer words, by topic. */
function NothingFound({
  search: { q, tag, author, from, to, language, status },
  isPartial,
}: {
  search: SearchParams
  isPartial: boolean
}) {
  const isNarrowed = [tag, author, from, to, language].some(Boolean)
  return (
    <div className="pt-6">
      <EmptyState
        title={isPartial ? 'Nothing found among the newest' : 'Nothing found'}
        action={
          <>
            {isNarrowed && (
              <Link to="/search" search={{ q, status }} className={buttonClass()}>
                Search without filters
              </Link>
            )}
            <Link to="/tags" className={buttonClass('line')}>
              Browse all tags
            </Link>
          </>
        }
      >
        {isPartial
          ? 'Rarer words, or the filters, also find what is older.'
          : 'All words must be in the article. Check the spelling, or try fewer or other words.'}
      </EmptyState>
    </div>
  )
}

/** How to search, before anything was typed. */
function Hints() {
  return (
    <dl className="grid gap-x-6 gap-y-3 border-t border-rule py-8 text-sm sm:grid-cols-[auto_1fr] [&_code]:font-mono [&>dd]:text-soft">
      <dt>
        <code>small trees</code>
      </dt>
      <dd>Articles with both words, in any form</dd>
      <dt>
        <code>"small trees"</code>
      </dt>
      <dd>The words beside each other</dd>
      <dt>
        <code>trees or shrubs</code>
      </dt>
      <dd>Either word</dd>
      <dt>
        <code>trees -pruning</code>
      </dt>
      <dd>Without a word</dd>
      <dt className="self-center">
        <kbd className="font-mono">/</kbd>
      </dt>
      <dd>
        <ClientOnly fallback="Go to the search from any page">
          <ShortcutChoice />
        </ClientOnly>
      </dd>
    </dl>
  )
}

function ShortcutChoice() {
  const [isOn, setOn] = useState(isShortcutOn)
  return (
    <Checkbox
      label="Go to the search from any page"
      checked={isOn}
      onChange={({ target: { checked } }) => {
        setOn(checked)
        turnShortcut(checked)
      }}
    />
  )
}
