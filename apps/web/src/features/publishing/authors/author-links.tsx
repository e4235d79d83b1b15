import type { Byline } from '@galley/contract/platform/users'
import { Link } from '@tanstack/react-router'

type AuthorLinksProps = { authors: Byline[]; className: string; rel?: string }

/** The people of a byline in their order, each with a link to their page: "A, B and C". */
export const AuthorLinks = ({ authors, className, rel }: AuthorLinksProps) => (
  <span className="w-fit">
    {authors.map(({ username, displayName }, index) => [
      index > 0 && (index === authors.length - 1 ? ' and ' : ', '),
      <Link key={username} to="/authors/$username" params={{ username }} {...{ rel, className }}>
        <bdi>{displayName}</bdi>
      </Link>,
    ])}
  </span>
)
