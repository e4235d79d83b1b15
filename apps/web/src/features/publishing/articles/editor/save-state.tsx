import type { DraftState, DraftStore } from './draft-store.ts'

/** One line that says where the last change is; announced when it changes for the worse or the better. */
export function SaveState({ store, state }: { store: DraftStore; state: DraftState }) {
  return (
    <p role="status" className="text-xs text-soft">
      {wordsFor(store, state)}
    </p>
  )
}

function wordsFor(store: DraftStore, { phase, article, errors }: DraftState) {
  if (phase === 'conflict') return 'Changed elsewhere'
  if (phase === 'failed') return 'Not saved'
  if (phase === 'saving') return 'Saving…'
  if (!store.isDirty()) return article ? 'Saved' : 'Saved as you write'
  if (Object.keys(errors).length > 0) return 'Saved, except the fields marked below'
  return store.savesItself() ? 'Saving…' : 'Changes not yet public'
}
