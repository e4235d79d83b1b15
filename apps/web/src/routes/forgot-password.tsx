import { createFileRoute } from '@tanstack/react-router'
import { ForgotPasswordForm } from '../features/credentials/forgot-password-form.tsx'
import { FormPage } from '../features/layout/form-page.tsx'
import { pageHead } from '../lib/head.ts'

export const Route = createFileRoute('/forgot-password')({
  head: ({ match }) =>
    pageHead(match.context.site, { title: 'Forgot your password?', hidden: true }),
  component: ForgotPassword,
})

function ForgotPassword() {
  return (
    <FormPage
      title="Forgot your password?"
      lead="Say which address you signed up with, and choose a new password by the link in the mail."
    >
      <ForgotPasswordForm />
    </FormPage>
  )
}
