import { ConfirmDialog } from '@galley/ui/alert-dialog'
import { useBlocker } from '@tanstack/react-router'
import type { DraftStore } from './draft-store.ts'

/** Saves a draft before another page opens; asks when something would be lost. */
export function LeaveGuard({ store }: { store: DraftStore }) {
  const blocker = useBlocker({
    shouldBlockFn: async ({ current, next }) => {
      if (current.routeId === next.routeId && !isAnotherArticle(store, next.params)) return false
      if (!store.isDirty()) return false
      return store.savesItself() ? !(await store.save()) : true
    },
    enableBeforeUnload: () => store.isDirty(),
    withResolver: true,
  })
  if (blocker.status !== 'blocked') return null
  return (
    <ConfirmDialog
      title="Leave without saving?"
      description="Your last changes are only in this page. They are lost if you leave it."
      cancel="Stay here"
      confirm="Leave"
      onCancel={blocker.reset}
      onConfirm={blocker.proceed}
    />
  )
}

function isAnotherArticle(store: DraftStore, params: object) {
  return 'id' in params && params.id !== store.getSnapshot().article?.id
}
