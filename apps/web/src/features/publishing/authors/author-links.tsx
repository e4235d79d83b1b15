import type { Byline } from '@galley/contract/platform/users'
import { Link } from '@tanstack/react-router'
import { Fragment } from 'react'

type AuthorLinksProps = { authors: Byline[]; className?: string; rel?: 'author' }

/** The people of a byline in their order, each with a link to their page: "A, B and C". */
export function AuthorLinks({ authors, className = '', rel }: AuthorLinksProps) {
  return (
    <span className="w-fit">
      {authors.map(({ username, displayName }, index) => (
        <Fragment key={username}>
          {index > 0 && (index === authors.length - 1 ? ' and ' : ', ')}
          <Link to="/authors/$username" params={{ username }} rel={rel} className={className}>
            <bdi>{displayName}</bdi>
          </Link>
        </Fragment>
      ))}
    </span>
  )
}
