import type { ArticleView } from '@galley/contract/publishing/articles'
import { pageHead } from '../../../lib/head.ts'
import type { Site } from '../../../lib/router-context.ts'

/** Title, description, Open Graph, canonical address and JSON-LD (schema.org Article) of an article's page. */
export function articleHead(article: ArticleView, site: Site) {
  const { origin } = site
  const canonical = `${origin}/articles/${encodeURIComponent(article.slug)}`
  const cover = article.cover ? `/media/${article.cover.id}` : article.coverUrl
  const image = cover === null ? undefined : new URL(cover, origin).href
  const { title, description, publishedAt, updatedAt, authors, tags, language } = article
  const { meta, links } = pageHead(site, {
    title: title || 'Untitled',
    description,
    canonical,
    image,
    type: 'article',
    hidden: article.status !== 'published',
  })
  if (publishedAt === null) return { meta, links }
  const structured = {
    '@context': 'https://schema.org',
    '@type': 'Article',
    headline: title,
    description,
    image,
    datePublished: publishedAt,
    dateModified: updatedAt,
    mainEntityOfPage: canonical,
    author: authors.map(({ displayName, username }) => ({
      '@type': 'Person',
      name: displayName,
      url: `${origin}/authors/${username}`,
    })),
    publisher: { '@type': 'Organization', name: site.name, url: origin },
    keywords: tags.join(', '),
    ...(language !== null && { inLanguage: language }),
  }
  return {
    meta: [
      ...meta,
      { property: 'article:published_time', content: publishedAt },
      { property: 'article:modified_time', content: updatedAt },
      ...authors.map((author) => ({ property: 'article:author', content: author.displayName })),
    ],
    links,
    scripts: [{ type: 'application/ld+json', children: scriptJson(structured) }],
  }
}

/** JSON that cannot close the script element it stands in. */
const scriptJson = (value: object) => JSON.stringify(value).replaceAll('<', '\\u003c')
