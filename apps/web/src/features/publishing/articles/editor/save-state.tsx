import { Link } from '@tanstack/react-router'
import type { DraftState, DraftStore } from './draft-store.ts'

type SaveStateProps = { store: DraftStore; state: DraftState }

/** One line that says where the last change is, announced when it changes; and the way to what was there before. */
export function SaveState({ store, state }: SaveStateProps) {
  const { article } = state
  return (
    <div className="flex flex-wrap items-center gap-x-3 text-xs text-soft">
      <p role="status">{wordsFor(store, state)}</p>
      {article && (
        <Link
          to="/editor/$id/history"
          params={{ id: article.id }}
          className="underline underline-offset-2 hover:text-ink"
        >
          History
        </Link>
      )}
    </div>
  )
}

function wordsFor(store: DraftStore, { phase, failure, article, errors, isKept }: DraftState) {
  const kept = isKept ? ', kept on this device' : ''
  if (phase === 'conflict') return `Changed elsewhere${kept}`
  if (phase === 'failed') return `${failure?.offline ? 'Offline' : 'Not saved'}${kept}`
  if (phase === 'saving') return 'Saving…'
  if (!store.isDirty()) return article ? 'Saved' : 'Saved as you write'
  if (Object.keys(errors).length > 0) return 'Saved, except the fields marked below'
  return store.savesItself() ? 'Saving…' : `Changes not yet public${kept}`
}
