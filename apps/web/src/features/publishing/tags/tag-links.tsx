import { Link } from '@tanstack/react-router'

/** The tags of one article. */
export function TagLinks({ tags }: { tags: string[] }) {
  if (tags.length === 0) return null
  return (
    <ul aria-label="Tags" className="flex flex-wrap gap-x-4 gap-y-1">
      {tags.map((tag) => (
        <li key={tag}>
          <Link
            to="/tags/$slug"
            params={{ slug: tag }}
            className="eyebrow inline-block py-1 text-accent hover:text-ink"
          >
            <bdi>{tagName(tag)}</bdi>
          </Link>
        </li>
      ))}
    </ul>
  )
}

/** `web-performance` as it is read: `web performance`. */
export const tagName = (slug: string) => slug.replaceAll('-', ' ')
