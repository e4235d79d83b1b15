import { useRouterState } from '@tanstack/react-router'

/** A thin moving line while the next page loads; waits a moment, so that quick ones do not flicker. */
export function PendingBar() {
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
