import type { ArticleSource } from '@galley/contract/publishing/articles'
import type { Place } from '@galley/contract/publishing/presence'
import { Button } from '@galley/ui/button'
import { useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { LeaveGuard } from '../../../platform/layout/leave-guard.tsx'
import { Maximize } from 'lucide-react'
import { ArticleSettings } from './article-settings.tsx'
import { ContentForm } from './content-form.tsx'
import type { DraftStore } from './draft-store.ts'
import { EditorBar } from './editor-bar.tsx'
import { EditorNotices } from './editor-notices.tsx'
import { type PreviewMode, usePreviewMode } from './editor-settings.ts'
import { usePresence } from './presence/use-presence.ts'
import { PreviewModeSwitch } from './preview-mode.tsx'
import { Preview } from './preview.tsx'
import { ReasonField } from './reason-field.tsx'
import type { Shortcut } from './text/shortcuts.ts'
import type { TextEditor } from './text/text-editor.ts'
import { ToolButton } from './text/tool-button.tsx'
import { type Undescribed, UndescribedPictures, useUndescribed } from './undescribed-pictures.tsx'
import { useBodyPictures } from './use-body-pictures.ts'
import { useDraft } from './use-draft.ts'
import { useFullScreen } from './use-full-screen.ts'
import { usePageShortcuts } from './use-page-shortcuts.ts'

type EditorProps = { source: ArticleSource | null; onCreated: (id: string) => void }

/** Writing on one side and reading on the other; on a small screen one at a time. */
export function Editor({ source, onCreated }: EditorProps) {
  const { store, state, reason, giveReason } = useDraft(source, onCreated)
  const [kept, setMode] = usePreviewMode()
  const [full, toggleFull] = useFullScreen()
  const wide = useWide()
  const mode = kept === 'beside' && !wide ? 'write' : kept
  const page = useRef<HTMLDivElement>(null)
  const box = useRef<HTMLDivElement>(null)
  const [caret, setCaret] = useState<number>()
  const [field, setField] = useState<Place['field']>()
  const text = useRef<TextEditor>(null)
  const pictures = useBodyPictures(store, text)
  const undescribed = useUndescribed(state.content)
  const [describing, setDescribing] = useState<Undescribed>()
  const { refusal, content } = state
  const people = usePresence(state.article?.id, { field, body: content.body, caret })
  useSaveKey(store)
  usePageShortcuts({
    'Mod-Alt-p': () => setMode(keptMode(nextMode(mode, wide), wide)),
    [fullScreenKey]: toggleFull,
  })
  const [lastRefusal, setLastRefusal] = useState(refusal)
  if (refusal !== lastRefusal) {
    setLastRefusal(refusal)
    if (refusal && mode === 'preview') setMode('beside')
  }
  useEffect(() => {
    if (refusal && mode !== 'preview') focusFirstWrong(page.current)
  }, [refusal, mode])
  const form = (
    <div className="flex min-w-0 flex-col gap-12">
      <ContentForm
        store={store}
        state={state}
        text={text}
        pictures={pictures}
        people={people}
        onCaret={setCaret}
        onField={setField}
        view={
          <ToolButton
            label="Full screen"
            shortcut={fullScreenKey}
            pressed={full}
            onPress={toggleFull}
          >
            <Maximize aria-hidden="true" className="size-4.5" />
          </ToolButton>
        }
      >
        <UndescribedPictures
          undescribed={undescribed}
          open={describing}
          onOpen={setDescribing}
          describe={pictures.describe}
        />
      </ContentForm>
      {state.article && <ReasonField value={reason} onChange={giveReason} />}
      <ArticleSettings store={store} state={state} />
    </div>
  )
  return (
    <div ref={page}>
      <h1 className="sr-only">{source ? `Edit ${source.title || 'Untitled'}` : 'New article'}</h1>
      <EditorBar store={store} state={state} people={people} />
      <LeaveGuard
        isDirty={() => store.isDirty() || pictures.list.isBusy()}
        isLeaving={(from, to) => from.routeId !== to.routeId || isAnotherArticle(store, to.params)}
        save={
          store.savesItself()
            ? async () => !pictures.list.isBusy() && (await store.save())
            : undefined
        }
      />
      <div className="page flex flex-col gap-6 py-8">
        <PreviewModeSwitch
          mode={mode}
          wide={wide}
          onChange={(next) => setMode(keptMode(next, wide))}
        />
        {/* The text stays where it is in the page, with its undo and its caret, whatever is shown. */}
        <div className={mode === 'beside' ? 'grid grid-cols-2 gap-14' : ''}>
          <div hidden={mode === 'preview'} className="mx-auto w-full max-w-4xl min-w-0">
            {form}
          </div>
          {mode === 'beside' && (
            <div
              ref={box}
              // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- so that the keyboard can scroll it
              tabIndex={0}
              role="group"
              aria-label="Beside the text"
              className="sticky top-24 max-h-[calc(100dvh-8rem)] overflow-y-auto border-l border-rule pl-14"
            >
              <Preview content={content} caret={caret} box={box} />
            </div>
          )}
          {mode === 'preview' && <Preview content={content} caret={caret} />}
        </div>
        <EditorNotices store={store} state={state}>
          {undescribed.length > 0 && mode !== 'preview' && (
            <Button variant="line" size="small" onClick={() => setDescribing(undescribed[0])}>
              Describe the picture
            </Button>
          )}
        </EditorNotices>
      </div>
    </div>
  )
}

const fullScreenKey: Shortcut = 'Mod-Shift-Enter'

function nextMode(mode: PreviewMode, wide: boolean): PreviewMode {
  if (mode === 'write') return wide ? 'beside' : 'preview'
  return mode === 'beside' ? 'preview' : 'write'
}

/** On a small screen, writing is all that beside can be; on a wide one it comes back. */
const keptMode = (mode: PreviewMode, wide: boolean) => (mode === 'write' && !wide ? 'beside' : mode)

function isAnotherArticle(store: DraftStore, params: object) {
  return 'id' in params && params.id !== store.getSnapshot().article?.id
}

const focusFirstWrong = (page: HTMLElement | null) =>
  page?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()

/** Ctrl+S or Cmd+S saves a draft at once, and never opens the browser's own dialog. */
export function useSaveKey(store: DraftStore) {
  useEffect(() => {
    const save = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 's') return
      event.preventDefault()
      if (store.savesItself()) void store.save()
    }
    window.addEventListener('keydown', save)
    return () => window.removeEventListener('keydown', save)
  }, [store])
}

const query = '(min-width: 64rem)'

/** Whether there is room for two columns. */
export const useWide = () =>
  useSyncExternalStore(
    subscribe,
    () => window.matchMedia(query).matches,
    () => false,
  )

function subscribe(listener: () => void) {
  const media = window.matchMedia(query)
  media.addEventListener('change', listener)
  return () => media.removeEventListener('change', listener)
}
