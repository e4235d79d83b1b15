import { buttonClass } from '@galley/ui/button'
import { Link } from '@tanstack/react-router'
import { ArrowLeft, ArrowRight } from 'lucide-react'

type PagerProps = {
  /** Of the page shown; undefined on the first. */
  cursor: string | undefined
  nextCursor: string | null
  first: string
  next: string
  /** Other parameters of the address that stay. */
  filter?: Record<string, string | undefined>
}

/** Links to the next page of the list at this address and back to its first; real addresses, no script needed. */
export function Pager({ cursor, nextCursor, first, next, filter = {} }: PagerProps) {
  if (!cursor && nextCursor === null) return null
  return (
    <nav aria-label="Pages" className="flex flex-wrap gap-3 border-t border-rule pt-8">
      {cursor && (
        <Link
          to="."
          search={{ ...filter, cursor: undefined }}
          rel="first"
          className={buttonClass('line')}
        >
          <ArrowLeft aria-hidden="true" className="size-4" />
          {first}
        </Link>
      )}
      {nextCursor !== null && (
        <Link
          to="."
          search={{ ...filter, cursor: nextCursor }}
          rel="next"
          className={buttonClass('line', 'normal', 'ml-auto')}
        >
          {next}
          <ArrowRight aria-hidden="true" className="size-4" />
        </Link>
      )}
    </nav>
  )
}
