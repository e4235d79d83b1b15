import { Notice } from '@galley/ui/notice'
import { useEffect, useRef } from 'react'
import { ConflictNotice } from './conflict-notice.tsx'
import type { DraftState, DraftStore } from './draft-store.ts'
import { SaveFailure } from './save-failure.tsx'

/**
 * What went wrong, always in view at the lower edge of the window, and next after the fields for the keyboard.
 * Asking to save again (Ctrl+S) while something stands there leads to it.
 */
export function EditorNotices({ store, state }: { store: DraftStore; state: DraftState }) {
  const box = useRef<HTMLElement>(null)
  const { refusal } = state
  useEffect(() => {
    const lead = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 's') {
        box.current?.querySelector<HTMLElement>('[tabindex="-1"]')?.focus()
      }
    }
    window.addEventListener('keydown', lead)
    return () => window.removeEventListener('keydown', lead)
  }, [])
  return (
    <section
      ref={box}
      aria-label="Messages"
      className="sticky bottom-0 z-10 -mx-2 flex max-h-[60dvh] flex-col gap-3 overflow-y-auto bg-paper px-2 not-empty:py-3"
    >
      {refusal && (
        <Notice tone="warn" title={refusal.title}>
          <p>{refusal.message}</p>
        </Notice>
      )}
      <ConflictNotice store={store} state={state} />
      <SaveFailure store={store} state={state} />
    </section>
  )
}
