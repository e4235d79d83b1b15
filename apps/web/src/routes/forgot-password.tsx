import { createFileRoute } from '@tanstack/react-router'
import { ForgotPasswordForm } from '../features/platform/credentials/forgot-password-form.tsx'
import { FormPage } from '../features/platform/layout/form-page.tsx'
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
      lead="Enter your e-mail address, and we will send you a link to choose a new password."
    >
      <ForgotPasswordForm />
    </FormPage>
  )
}
