import { ByEmail } from '@galley/contract/platform/users'
import { Button } from '@galley/ui/button'
import { Field, Input } from '@galley/ui/field'
import { useMutation } from '@tanstack/react-query'
import { createFileRoute } from '@tanstack/react-router'
import { useState } from 'react'
import { Form, FormPage } from '../features/platform/layout/form.tsx'
import { MailSent } from '../features/platform/users/mail-sent.tsx'
import { useApiForm } from '../lib/form.ts'
import { pageHead } from '../lib/head.ts'
import { useTRPC } from '../lib/trpc.ts'

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

/** Asks for a reset link; what it shows does not depend on whether there is an account. */
function ForgotPasswordForm() {
  const [sentTo, setSentTo] = useState<string>()
  const request = useMutation(useTRPC().credentials.requestPasswordReset.mutationOptions())
  const { register, errors, busy, submit } = useApiForm({
    schema: ByEmail,
    defaultValues: { email: '' },
    send: request.mutateAsync,
    onSuccess: (_, form) => setSentTo(form.sent.email.trim()),
  })
  if (sentTo !== undefined) {
    return (
      <MailSent title="Check your mail.">
        If {sentTo} has an account here, we have sent it a link. The link works for an hour. We send
        one mail in ten minutes at most.
      </MailSent>
    )
  }
  return (
    <Form submit={submit} failure={errors.root?.message}>
      <Field label="E-mail address" error={errors.email?.message}>
        <Input type="email" autoComplete="username" required {...register('email')} />
      </Field>
      <Button type="submit" busy={busy} className="mt-2">
        Send me a link
      </Button>
    </Form>
  )
}
