import { useRouterState } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'

// With the table of all reasons, which no other page needs.
const SignInProblem = lazy(async () => ({
  default: (await import('../sessions/sign-in-problem.tsx')).SignInProblem,
}))

/** On the page that a provider sent the person back to: why it did not work. The sign-in page says so in its own place. */
export function ReturnProblem() {
  const { pathname, searchStr } = useRouterState({ select: ({ location }) => location })
  const problem = new URLSearchParams(searchStr).get('problem')
  if (problem === null || pathname.startsWith('/sign-in')) return null
  return (
    <div className="page pt-6">
      <Suspense>
        <SignInProblem reason={problem} />
      </Suspense>
    </div>
  )
}
