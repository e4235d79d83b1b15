import { tabLinkClass, tabRowClass } from '@galley/ui/tab-links'
import { Link } from '@tanstack/react-router'

export function MyArticlesTabs() {
  return (
    <nav aria-label="Which articles" className={tabRowClass}>
      <Link
        to="/me/articles"
        search={{ show: undefined }}
        activeOptions={{ explicitUndefined: true }}
        className={tabLinkClass}
      >
        Drafts
      </Link>
      <Link to="/me/articles" search={{ show: 'published' }} className={tabLinkClass}>
        Published
      </Link>
    </nav>
  )
}
