import { useRouter, useRouterState } from '@tanstack/react-router'
import { type ReactNode, Suspense, useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { createPortal } from 'react-dom'
import { lazyInBrowser } from '../../../lib/lazy-in-browser.ts'
import { stepUp } from '../../../lib/step-up.ts'
import { useCurrentUser } from '../sessions/current-user.ts'
import { Footer } from './footer.tsx'
import { Header } from './header.tsx'
import { lazyPart } from './lazy-part.tsx'
import { Toasts } from './toasts.tsx'

/** Masthead, the page, footer. */
export function Frame({ children }: { children: ReactNode }) {
  const main = useRouteFocus()
  useFocusRescue()
  return (
    <div className="flex min-h-dvh flex-col">
      <a
        href="#main"
        className="absolute top-2 left-2 z-50 -translate-y-20 rounded-sm bg-ink px-4 py-2.5 text-sm font-medium text-paper focus:translate-y-0"
      >
        Skip to the content
      </a>
      <PendingBar />
      <Header />
      <Notices />
      <ReturnProblem />
      <main id="main" ref={main} tabIndex={-1} className="flex-1">
        {children}
      </main>
      <Footer />
      <Toasts />
      <StepUp />
    </div>
  )
}

/** Until something has the focus, none can be lost: what rescues it comes then. */
function useFocusRescue() {
  useEffect(() => {
    const begin = () => {
      void import('./focus-rescue.ts').then(
        ({ rescueFocus }) => rescueFocus(),
        () => {},
      )
    }
    document.addEventListener('focusin', begin, { once: true })
    return () => document.removeEventListener('focusin', begin)
  }, [])
}

/** A thin moving line while the next page loads; waits a moment, so that quick ones do not flicker. */
function PendingBar() {
  const pending = useRouterState({ select: (state) => state.status === 'pending' })
  return (
    <div role="status" className="pointer-events-none fixed inset-x-0 top-0 z-50 h-0.5">
      {pending && (
        <>
          <div className="pending-bar h-full w-full origin-left bg-accent" />
          <span className="sr-only">Loading</span>
        </>
      )}
    </div>
  )
}

// Few accounts need one.
const AccountNotices = lazyInBrowser(
  async () => (await import('./account-notices.tsx')).AccountNotices,
)

/** What the signed-in person has to know about their account on every page. */
function Notices() {
  const user = useCurrentUser()
  if (!user) return null
  const { status, reviewSince, secondFactorDue } = user
  if (status !== 'suspended' && reviewSince === null && secondFactorDue === null) return null
  return (
    <Suspense>
      <AccountNotices user={user} />
    </Suspense>
  )
}

// With the table of all reasons, which no other page needs.
const SignInProblem = lazyInBrowser(
  async () => (await import('../sessions/sign-in-problem.tsx')).SignInProblem,
)

/** On the page that a provider sent the person back to: why it did not work. The sign-in page says so in its own place. */
function ReturnProblem() {
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

const stepUpDialog = lazyPart(
  async () => (await import('../sessions/step-up-dialog.tsx')).StepUpDialog,
)

/** Where a person is asked to confirm that it is them; beside the page, so that no dialog in it hides this one. */
function StepUp() {
  const asked = useSyncExternalStore(stepUp.subscribe, stepUp.isAsked, () => false)
  const [isHere, setHere] = useState(false)
  useEffect(() => {
    if (!asked) return
    void stepUpDialog.open(() => setHere(true)).then((isHad) => isHad || stepUp.settle(false))
  }, [asked])
  if (!asked || !isHere) return null
  return createPortal(
    <Suspense>
      <stepUpDialog.Part onClose={stepUp.settle} />
    </Suspense>,
    document.body,
  )
}

/** Moves the focus to the page after each navigation to another path, as a full page load would. */
function useRouteFocus() {
  const router = useRouter()
  const main = useRef<HTMLElement>(null)
  useEffect(
    () =>
      router.subscribe('onRendered', ({ fromLocation, toLocation, hrefChanged }) => {
        if (!fromLocation || !hrefChanged || toLocation.state.keepFocus || toLocation.hash) return
        main.current?.focus({ preventScroll: true })
      }),
    [router],
  )
  return main
}
