import { BySecondFactor } from '@galley/contract/platform/sessions'
import { Button, textLinkClass } from '@galley/ui/button'
import { useMutation } from '@tanstack/react-query'
import { createFileRoute, Link } from '@tanstack/react-router'
import { CodeField } from '../features/platform/credentials/credential-fields.tsx'
import { Form, FormPage } from '../features/platform/layout/form.tsx'
import { goOn, skipWhenSignedIn } from '../features/platform/sessions/current-user.ts'
import { SignInProblem } from '../features/platform/sessions/sign-in-problem.tsx'
import { useApiForm } from '../lib/form.ts'
import { pageHead } from '../lib/head.ts'
import { textParam } from '../lib/search.ts'
import { useTRPC } from '../lib/trpc.ts'

export const Route = createFileRoute('/sign-in/second-factor')({
  validateSearch: (search): { next?: string; problem?: string; wait?: string } => ({
    next: textParam(search, 'next'),
    problem: textParam(search, 'problem'),
    wait: textParam(search, 'wait'),
  }),
  beforeLoad: skipWhenSignedIn,
  head: ({ match }) => pageHead(match.context.site, { title: 'Second factor', hidden: true }),
  component: SecondFactor,
})

function SecondFactor() {
  const { next, problem, wait } = Route.useSearch()
  return (
    <FormPage
      plain
      title="Second factor"
      lead={
        <>
          Enter the code from your authenticator.{' '}
          <Link to="/sign-in" search={{ next }} className={textLinkClass}>
            Start again
          </Link>{' '}
          if it has expired.
        </>
      }
    >
      <SignInProblem reason={problem} wait={wait} />
      <SecondFactorForm next={next} />
    </FormPage>
  )
}

/** The second step of a sign-in; a cookie of the first step says whose. */
function SecondFactorForm({ next }: { next: string | undefined }) {
  const signIn = useMutation(useTRPC().sessions.createWithSecondFactor.mutationOptions())
  const { register, errors, busy, submit } = useApiForm({
    schema: BySecondFactor,
    defaultValues: { code: '' },
    send: signIn.mutateAsync,
    onSuccess: () => goOn(next),
  })
  return (
    <Form submit={submit} failure={errors.root?.message} action="/forms/second-factor">
      {next !== undefined && <input type="hidden" name="next" value={next} />}
      <CodeField error={errors.code?.message} {...register('code')} />
      <Button type="submit" busy={busy} className="mt-2">
        Sign in
      </Button>
    </Form>
  )
}
