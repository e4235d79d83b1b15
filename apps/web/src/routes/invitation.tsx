import { createFileRoute } from '@tanstack/react-router'
import { AcceptInvitation } from '../features/platform/invitations/accept-invitation.tsx'
import { pageHead } from '../lib/head.ts'
import { textParam } from '../lib/search.ts'

export const Route = createFileRoute('/invitation')({
  validateSearch: (search): { token?: string } => ({ token: textParam(search, 'token') }),
  head: ({ match }) =>
    pageHead(match.context.site, { title: 'Your invitation', hidden: true, secret: true }),
  component: Invitation,
})

function Invitation() {
  return <AcceptInvitation token={Route.useSearch().token} />
}
