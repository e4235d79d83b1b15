import type { CurrentUser } from '@galley/contract/platform/users'
import { buttonClass } from '@galley/ui/button'
import { Link } from '@tanstack/react-router'
import { MessagePage } from '../../../platform/layout/message-page.tsx'

/** Stands in for the editor: nothing typed there could be saved. */
export function NoWritingPage({ user }: { user: CurrentUser }) {
  return (
    <MessagePage
      eyebrow="Write"
      title="This account cannot write articles"
      text={
        user.status === 'suspended'
          ? 'Your account is suspended: you can read, but not write.'
          : 'You have a reader account: you can comment, follow authors and keep favourites.'
      }
      actions={
        <Link to="/" className={buttonClass()}>
          Read the newest articles
        </Link>
      }
    />
  )
}
