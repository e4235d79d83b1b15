import { lazy, Suspense, useSyncExternalStore } from 'react'
import { createPortal } from 'react-dom'
import { stepUp } from '../../../lib/step-up.ts'

const StepUpDialog = lazy(async () => ({
  default: (await import('./step-up-dialog.tsx')).StepUpDialog,
}))

/** Where a person is asked to confirm that it is them; beside the page, so that no dialog in it hides this one. */
export function StepUp() {
  const asked = useSyncExternalStore(stepUp.subscribe, stepUp.isAsked, () => false)
  if (!asked) return null
  return createPortal(
    <Suspense>
      <StepUpDialog onAnswer={stepUp.answer} />
    </Suspense>,
    document.body,
  )
}
