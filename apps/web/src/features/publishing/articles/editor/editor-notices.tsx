import { Button, buttonClass } from '@galley/ui/button'
import { Notice } from '@galley/ui/notice'
import { type ReactNode, Suspense, useEffect, useRef, useState } from 'react'
import { CopyButton } from '../../../platform/layout/copy-button.tsx'
import { lazyPart } from '../../../platform/layout/lazy-part.tsx'
import { Moment } from '../../../platform/layout/time.tsx'
import type { Content } from './content.ts'
import type { DraftState, DraftStore } from './draft-store.ts'

type EditorNoticesProps = {
  store: DraftStore
  state: DraftState
  /** What can be done about a refusal. */
  children?: ReactNode
}

/**
 * What went wrong, always in view at the lower edge of the window, and next after the fields for the keyboard.
 * Asking to save again (Ctrl+S) while something stands there leads to it.
 */
export function EditorNotices({ store, state, children }: EditorNoticesProps) {
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
          <div className="flex flex-wrap gap-2 empty:hidden">{children}</div>
        </Notice>
      )}
      <BroughtIn store={store} state={state} />
      <ConflictNotice store={store} state={state} />
      <SaveFailure store={store} state={state} />
    </section>
  )
}

const conflictDialog = lazyPart(async () => (await import('./conflict-dialog.tsx')).ConflictDialog)

/** Both versions of a conflict are still there; the person decides what goes on. */
function ConflictNotice({ store, state }: { store: DraftStore; state: DraftState }) {
  const [deciding, setDeciding] = useState(false)
  const { theirs, setAside } = state
  if (state.phase === 'conflict' && theirs) {
    return (
      <Notice
        tone="warn"
        title={
          theirs.by
            ? `${theirs.by} has changed the same as you.`
            : 'The same was changed elsewhere.'
        }
      >
        <p>
          Nothing is lost: your text is still below, and the other version is on the server. Saving
          waits until you decide.
        </p>
        <div className="flex flex-wrap gap-2 pt-1">
          <CopyText content={state.content} />
          <Button variant="line" size="small" onClick={store.takeTheirs}>
            Load the other version
          </Button>
          <Button variant="line" size="small" onClick={() => void store.keepMine()}>
            Keep my version
          </Button>
          <Button size="small" onClick={() => void conflictDialog.open(() => setDeciding(true))}>
            Compare and decide
          </Button>
        </div>
        {deciding && (
          <Suspense>
            <conflictDialog.Part store={store} by={theirs.by} onClose={() => setDeciding(false)} />
          </Suspense>
        )}
      </Notice>
    )
  }
  if (!setAside) return null
  return (
    <Notice tone="info" title="You see the version from elsewhere. Your own text is set aside.">
      <div className="flex flex-wrap gap-2 pt-1">
        <CopyText content={setAside} />
        <Button variant="line" size="small" onClick={store.restoreMine}>
          Go back to my text
        </Button>
      </div>
    </Notice>
  )
}

/** What is in the fields without having been typed here. */
function BroughtIn({ store, state }: { store: DraftStore; state: DraftState }) {
  const { merged, recovered, article } = state
  return (
    <>
      {recovered !== null && (
        <Notice title="What you wrote on this device and was not saved is back.">
          <p>
            You wrote it on <Moment timestamp={recovered} />.
          </p>
          <div className="flex flex-wrap gap-2 pt-1">
            <Button variant="line" size="small" onClick={store.dropRecovered}>
              Go back to what was saved
            </Button>
            <Button size="small" onClick={store.dismiss}>
              Go on with it
            </Button>
          </div>
        </Notice>
      )}
      {merged && (
        <Notice
          title={`${merged.by ? `${merged.by} has saved this article` : 'The article was saved elsewhere'}. Both texts are merged.`}
        >
          <div className="flex flex-wrap gap-2 pt-1">
            {article && (
              <a
                href={`/editor/${article.id}/history`}
                target="_blank"
                rel="noopener"
                className={buttonClass('line', 'small')}
              >
                See the changes on a new tab
              </a>
            )}
            <Button size="small" onClick={store.dismiss}>
              Close
            </Button>
          </div>
        </Notice>
      )}
    </>
  )
}

/** Says why the text is not on the server, and keeps it safe meanwhile. */
function SaveFailure({ store, state }: { store: DraftStore; state: DraftState }) {
  if (state.phase !== 'failed' || !state.failure) return null
  const { message, signedOut } = state.failure
  return (
    <Notice tone="bad" title={signedOut ? 'You are signed out, so nothing is saved.' : message}>
      <p>
        {state.isKept
          ? 'Your text is kept on this device.'
          : 'Your text is safe in this page as long as it stays open.'}
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

/** Puts a whole article on the clipboard, as one Markdown text. */
function CopyText({ content }: { content: Content }) {
  return (
    <CopyButton text={() => asText(content)} done="Your text is on the clipboard.">
      Copy my text
    </CopyButton>
  )
}

function asText({ title, description, body }: Content) {
  return [title && `# ${title}`, description, body].filter(Boolean).join('\n\n')
}
