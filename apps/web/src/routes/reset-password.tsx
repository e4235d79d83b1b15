import { createFileRoute } from '@tanstack/react-router'
import { ResetPasswordForm } from '../features/platform/credentials/reset-password-form.tsx'
import { FormPage } from '../features/platform/layout/form.tsx'
import { pageHead } from '../lib/head.ts'
import { textParam } from '../lib/search.ts'

export const Route = createFileRoute('/reset-password')({
  validateSearch: (search): { token?: string } => ({ token: textParam(search, 'token') }),
  head: ({ match }) =>
    pageHead(match.context.site, { title: 'Choose a new password', hidden: true, secret: true }),
  component: ResetPassword,
})

function ResetPassword() {
  const { token } = Route.useSearch()
  return (
    <FormPage title="Choose a new password">
      <ResetPasswordForm token={token} />
    </FormPage>
  )
}
