import { createFileRoute } from '@tanstack/react-router'
import { VerifyEmailPage } from '../features/platform/users/verify-email-page.tsx'
import { pageHead } from '../lib/head.ts'
import { textParam } from '../lib/search.ts'

export const Route = createFileRoute('/verify-email')({
  validateSearch: (search): { token?: string } => ({ token: textParam(search, 'token') }),
  head: ({ match }) =>
    pageHead(match.context.site, { title: 'Confirm your address', hidden: true, secret: true }),
  component: VerifyEmail,
})

function VerifyEmail() {
  return <VerifyEmailPage token={Route.useSearch().token} />
}
