import type { Site } from './router-context.ts'

type Head = {
  title?: string
  description?: string
  /** Absolute address of the page itself. */
  canonical?: string
  /** Absolute address of a picture. */
  image?: string | undefined
  type?: 'website' | 'article'
  /** Keeps the page out of search engines. */
  hidden?: boolean
  /** Keeps its address, which holds a secret, from whatever the page links to. */
  secret?: boolean
}

/** The title, description, Open Graph and canonical tags of a page, for a route's `head`. */
export function pageHead(
  site: Pick<Site, 'name' | 'description' | 'language' | 'logoUrl' | 'origin'>,
  { title, description, canonical, image, type, hidden, secret }: Head,
) {
  const about = description || site.description
  const shown = image ?? (site.logoUrl ? `${site.origin}${site.logoUrl}` : undefined)
  const meta = [
    { title: title ? `${title} · ${site.name}` : site.name },
    { name: 'description', content: about },
    { property: 'og:title', content: title ?? site.name },
    { property: 'og:description', content: about },
    { property: 'og:type', content: type ?? 'website' },
    { property: 'og:site_name', content: site.name },
    { property: 'og:locale', content: site.language.replaceAll('-', '_') },
    { name: 'twitter:card', content: image ? 'summary_large_image' : 'summary' },
    ...(canonical ? [{ property: 'og:url', content: canonical }] : []),
    ...(shown ? [{ property: 'og:image', content: shown }] : []),
    ...(hidden ? [{ name: 'robots', content: 'noindex' }] : []),
    ...(secret ? [{ name: 'referrer', content: 'no-referrer' }] : []),
  ]
  return { meta, links: canonical ? [{ rel: 'canonical', href: canonical }] : [] }
}

/** The head of a page without its data: loading it failed, or there is nothing at its address. */
export function failureHead({
  match: { status, context },
}: {
  match: { status: string; context: { site: Parameters<typeof pageHead>[0] } }
}) {
  return pageHead(context.site, {
    title: status === 'error' ? 'Something went wrong' : 'Not found',
    hidden: true,
  })
}
