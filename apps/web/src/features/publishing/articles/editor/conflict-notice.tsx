import { Button } from '@galley/ui/button'
import { Notice } from '@galley/ui/notice'
import { useState } from 'react'
import { CopyText } from './copy-text.tsx'
import type { DraftState, DraftStore } from './draft-store.ts'

/** Both versions of a conflict are still there; the person decides which one goes on. */
export function ConflictNotice({ store, state }: { store: DraftStore; state: DraftState }) {
  const [busy, setBusy] = useState(false)
  const decide = async (decision: () => Promise<unknown>) => {
    setBusy(true)
    await decision()
    setBusy(false)
  }
  if (state.phase === 'conflict') {
    return (
      <Notice tone="warn" title="This article has been changed elsewhere since you opened it.">
        <p>
          Nothing is lost: your text is still below, and the other version is on the server. Saving
          waits until you decide.
        </p>
        {state.failure && <p className="font-medium">{state.failure.message}</p>}
        <div className="flex flex-wrap gap-2 pt-1">
          <CopyText content={state.content} />
          <Button
            variant="line"
            size="small"
            busy={busy}
            onClick={() => void decide(store.takeTheirs)}
          >
            Load the other version
          </Button>
          <Button size="small" busy={busy} onClick={() => void decide(store.keepMine)}>
            Keep my version
          </Button>
        </div>
      </Notice>
    )
  }
  if (!state.setAside) return null
  return (
    <Notice tone="info" title="You see the version from elsewhere. Your own text is set aside.">
      <div className="flex flex-wrap gap-2 pt-1">
        <CopyText content={state.setAside} />
        <Button variant="line" size="small" onClick={store.restoreMine}>
          Go back to my text
        </Button>
      </div>
    </Notice>
  )
}
