import type { ReactNode } from 'react'
import { ReviewNotice } from '../credentials/review-notice.tsx'
import { SecondFactorNotice } from '../credentials/second-factor-notice.tsx'
import { ReturnProblem } from '../identities/return-problem.tsx'
import { StepUp } from '../sessions/step-up.tsx'
import { SuspendedNotice } from '../sessions/suspended-notice.tsx'
import { Footer } from './footer.tsx'
import { Header } from './header.tsx'
import { PendingBar } from './pending-bar.tsx'
import { Toasts } from './toasts.tsx'
import { useFocusRescue } from './use-focus-rescue.ts'
import { useRouteFocus } from './use-route-focus.ts'

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
      <SuspendedNotice />
      <ReviewNotice />
      <SecondFactorNotice />
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
