import { Button, buttonClass } from '@galley/ui/button'
import { Notice } from '@galley/ui/notice'
import { CopyText } from './copy-text.tsx'
import type { DraftState, DraftStore } from './draft-store.ts'

/** Says why the text is not on the server, and keeps it safe meanwhile. */
export function SaveFailure({ store, state }: { store: DraftStore; state: DraftState }) {
  if (state.phase !== 'failed' || !state.failure) return null
  const { message, signedOut } = state.failure
  return (
    <Notice tone="bad" title={signedOut ? 'You are signed out, so nothing is saved.' : message}>
      <p>
        Your text is safe in this page as long as it stays open.
        {store.savesItself() && !signedOut && ' Saving is tried again by itself.'}
      </p>
      <div className="flex flex-wrap gap-2 pt-1">
        {signedOut && (
          <a
            href="/sign-in"
            target="_blank"
            rel="noopener"
            className={buttonClass('line', 'small')}
          >
            Sign in on a new tab
          </a>
        )}
        <CopyText content={state.content} />
        <Button size="small" onClick={() => void store.save()}>
          Try again
        </Button>
      </div>
    </Notice>
  )
}
