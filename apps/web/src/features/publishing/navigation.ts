import { linkOptions } from '@tanstack/react-router'
import { PenLine } from 'lucide-react'
import type { Navigation } from '../../registry/navigation.ts'
import { SearchBox } from './search/search-box.tsx'

export const publishingNavigation: Navigation = {
  Search: SearchBox,
  main: (user) => [
    { text: 'Tags', link: linkOptions({ to: '/tags' }) },
    ...(user?.can.write ? [{ text: 'Write', Icon: PenLine, link: newArticle }] : []),
  ],
  account: ({ username, can }) => [
    { text: 'My page', link: authorPage(username) },
    ...(can.write ? [{ text: 'My articles', link: linkOptions({ to: '/me/articles' }) }] : []),
    { text: 'Favourites', link: linkOptions({ to: '/me/favourites' }) },
    { text: 'Following', link: linkOptions({ to: '/feed' }) },
  ],
  admin: () => [{ text: 'Articles', link: linkOptions({ to: '/admin/drafts' }) }],
  home: 'Read the newest articles',
  notFound: [{ text: 'Browse the tags', link: linkOptions({ to: '/tags' }) }],
  profile: authorPage,
}

const newArticle = linkOptions({ to: '/editor/$id', params: { id: 'new' } })

function authorPage(username: string) {
  return linkOptions({ to: '/authors/$username', params: { username } })
}
