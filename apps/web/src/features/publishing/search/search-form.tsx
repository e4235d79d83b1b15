import { Button } from '@galley/ui/button'
import { Field, Input, Select } from '@galley/ui/field'
import { Link, useNavigate } from '@tanstack/react-router'
import { type SubmitEvent, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { chosen, useFieldsOfAddress } from '../../platform/layout/filter-form.tsx'
import { OrderField } from '../../platform/layout/order-field.tsx'
import { languageOptions } from '../articles/languages.ts'
import { searchOrders } from './queries.ts'
import type { SearchParams } from './search-params.ts'

/** The words and the filters of a search: the list follows while somebody types, and a plain form does without a script. */
export function SearchForm({ search }: { search: SearchParams }) {
  const navigate = useNavigate()
  const filters = useRef<HTMLDivElement>(null)
  useFieldsOfAddress(filters)
  const { typed, ...words } = useTypedWords(search.q)
  const { tag, author, from, to, language, sort, status } = search
  const isNarrowed = [tag, author, from, to, language, sort].some(Boolean)
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    void navigate({
      to: '/search',
      search: chosen(event.currentTarget),
      state: { keepFocus: true },
    })
  }
  return (
    <form action="/search" role="search" aria-label="Articles" onSubmit={submit} className="pb-6">
      <div className="flex items-end gap-3">
        <Field label="Search articles" hideLabel className="min-w-0 flex-1">
          <Input
            id="search"
            name="q"
            type="search"
            maxLength={200}
            autoComplete="off"
            enterKeyHint="search"
            placeholder='Words, "a phrase", -without'
            value={typed}
            {...words}
          />
        </Field>
        <Button type="submit">Search</Button>
      </div>
      {status && <input type="hidden" name="status" value={status} />}
      <details open={isNarrowed} className="pt-3">
        <summary className="w-fit py-1 text-sm font-medium text-soft hover:text-ink">
          Filters
        </summary>
        <div ref={filters} className="grid gap-4 pt-3 sm:grid-cols-2 lg:grid-cols-3">
          <OrderField orders={searchOrders} sort={sort} />
          <Field label="Tag">
            <Input name="tag" maxLength={40} autoCapitalize="none" defaultValue={tag} />
          </Field>
          <Field label="Author">
            <Input
              name="author"
              maxLength={30}
              autoCapitalize="none"
              defaultValue={author}
              placeholder="username"
            />
          </Field>
          <Field label="From day">
            <Input name="from" type="date" defaultValue={from} />
          </Field>
          <Field label="To day">
            <Input name="to" type="date" defaultValue={to} />
          </Field>
          <Field label="Language">
            <Select name="language" defaultValue={language ?? ''}>
              <option value="">Any</option>
              {languageOptions(language ?? '').map((one) => (
                <option key={one.tag} value={one.tag}>
                  {one.name}
                </option>
              ))}
            </Select>
          </Field>
          {isNarrowed && (
            <Link
              to="/search"
              search={{ q: search.q, status }}
              className="self-center text-sm font-medium text-soft hover:text-ink"
            >
              Clear the filters
            </Link>
          )}
        </div>
      </details>
    </form>
  )
}

const pauseMs = 250

/** What is typed, which goes into the address after a pause; what else changes the address is shown instead. */
function useTypedWords(q = '') {
  const navigate = useNavigate()
  const [typed, setTyped] = useState<string>()
  const [isComposing, setComposing] = useState(false)
  const sent = useRef(q)
  const field = useRef<HTMLInputElement>(null)
  useLayoutEffect(() => {
    const { value } = field.current ?? {}
    // Before the page was alive; it is in no state of React yet, which would empty the field.
    if (value !== sent.current) setTyped(value)
  }, [])
  useEffect(() => {
    if (q !== sent.current) setTyped(undefined)
    sent.current = q
  }, [q])
  useEffect(() => {
    if (typed === undefined || isComposing || typed.trim() === sent.current) return
    const timer = setTimeout(() => {
      sent.current = typed.trim()
      void navigate({
        to: '/search',
        search: (kept) => ({ ...kept, q: sent.current || undefined, cursor: undefined }),
        replace: true,
        resetScroll: false,
        state: { keepFocus: true },
      })
    }, pauseMs)
    return () => clearTimeout(timer)
  }, [typed, isComposing, navigate])
  return {
    typed: typed ?? q,
    ref: field,
    onChange: (event: { currentTarget: { value: string } }) => setTyped(event.currentTarget.value),
    onCompositionStart: () => setComposing(true),
    onCompositionEnd: () => setComposing(false),
  }
}
