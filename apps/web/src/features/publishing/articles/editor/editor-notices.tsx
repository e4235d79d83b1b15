import { Button, buttonClass } from '@galley/ui/button'
import { Notice } from '@galley/ui/notice'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { CopyButton } from '../../../platform/layout/copy-button.tsx'
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
      <ConflictNotice store={store} state={state} />
      <SaveFailure store={store} state={state} />
    </section>
  )
}

/** Both versions of a conflict are still there; the person decides which one goes on. */
function ConflictNotice({ store, state }: { store: DraftStore; state: DraftState }) {
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

/** Says why the text is not on the server, and keeps it safe meanwhile. */
function SaveFailure({ store, state }: { store: DraftStore; state: DraftState }) {
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
