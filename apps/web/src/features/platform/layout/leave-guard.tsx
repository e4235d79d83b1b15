import { ConfirmDialog } from '@galley/ui/alert-dialog'
import { useBlocker } from '@tanstack/react-router'

type Place = { pathname: string; routeId: string; params: object; search: object }

type LeaveGuardProps = {
  isDirty: () => boolean
  /** Whether going from one place to the other loses what was typed; by default any other page does. */
  isLeaving?: (from: Place, to: Place) => boolean
  /** Tries to keep what was typed, so that nothing need be asked; resolves to whether it is safe now. */
  save?: (() => Promise<boolean>) | undefined
  /** What is lost. */
  lost?: string
}

/** Asks before a page closes or gives way to another while something typed is only in it. */
export function LeaveGuard({
  isDirty,
  isLeaving = isAnotherPage,
  save,
  lost = 'What you typed is not saved. It is lost if you leave this page.',
}: LeaveGuardProps) {
  const blocker = useBlocker({
    shouldBlockFn: async ({ current, next }) => {
      if (!isDirty() || !isLeaving(current, next)) return false
      return !(await save?.())
    },
    enableBeforeUnload: isDirty,
    withResolver: true,
  })
  if (blocker.status !== 'blocked') return null
  return (
    <ConfirmDialog
      title="Leave without saving?"
      description={lost}
      cancel="Stay here"
      confirm="Leave"
      onCancel={blocker.reset}
      onConfirm={blocker.proceed}
    />
  )
}

const isAnotherPage = (from: Place, to: Place) => from.pathname !== to.pathname
