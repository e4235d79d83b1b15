import type { SearchSuggestions } from '@galley/contract/publishing/search'
import { linkOptions, type LinkProps } from '@tanstack/react-router'
import { tagName } from '../tags/tag-links.tsx'

export type Suggestion = { key: string; kind: string; text: string; link: LinkProps }

/** In one list, as the arrow keys walk through it. */
export const toSuggestions = ({ articles, tags, people }: SearchSuggestions): Suggestion[] => [
  ...articles.map(({ id, slug, title }) => ({
    key: id,
    kind: 'Article',
    text: title,
    link: linkOptions({ to: '/articles/$slug', params: { slug } }),
  })),
  ...tags.map(({ slug }) => ({
    key: `tag ${slug}`,
    kind: 'Tag',
    text: tagName(slug),
    link: linkOptions({ to: '/tags/$slug', params: { slug } }),
  })),
  ...people.map(({ username, displayName }) => ({
    key: `person ${username}`,
    kind: 'Author',
    text: displayName,
    link: linkOptions({ to: '/authors/$username', params: { username } }),
  })),
]
