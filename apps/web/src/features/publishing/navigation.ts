import { linkOptions } from '@tanstack/react-router'
import { PenLine } from 'lucide-react'
import type { Navigation } from '../../registry/navigation.ts'
import type { Texts } from '../../registry/texts.ts'

export const publishingNavigation: Navigation = {
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
  admin: () => [{ text: 'Drafts', link: linkOptions({ to: '/admin/drafts' }) }],
  notFound: [{ text: 'Browse the tags', link: linkOptions({ to: '/tags' }) }],
  profile: authorPage,
}

const newArticle = linkOptions({ to: '/editor/$id', params: { id: 'new' } })

function authorPage(username: string) {
  return linkOptions({ to: '/authors/$username', params: { username } })
}

export const publishingTexts: Partial<Texts> = {
  signUp: {
    open: 'To write, to comment and to follow authors.',
    readers: 'To comment and to follow authors.',
  },
  displayName: 'Shown with your articles and comments.',
  username: '3 to 30 letters, digits or hyphens; the address of your page.',
  newUsername: 'Changing it changes the address of your page.',
  goHome: 'Read the newest articles',
}
