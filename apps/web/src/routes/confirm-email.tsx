import { createFileRoute } from '@tanstack/react-router'
import { ConfirmEmailPage } from '../features/platform/users/confirm-email-page.tsx'
import { pageHead } from '../lib/head.ts'
import { textParam } from '../lib/search.ts'

export const Route = createFileRoute('/confirm-email')({
  validateSearch: (search): { token?: string } => ({ token: textParam(search, 'token') }),
  head: ({ match }) =>
    pageHead(match.context.site, { title: 'Confirm your new address', hidden: true, secret: true }),
  component: ConfirmEmail,
})

function ConfirmEmail() {
  return <ConfirmEmailPage token={Route.useSearch().token} />
}
