import type { ArticleSource } from '@galley/contract/publishing/articles'
import { Button } from '@galley/ui/button'
import { Tabs } from '@galley/ui/tabs'
import { useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { LeaveGuard } from '../../../platform/layout/leave-guard.tsx'
import { ArticleSettings } from './article-settings.tsx'
import { ContentForm } from './content-form.tsx'
import type { DraftStore } from './draft-store.ts'
import { EditorBar } from './editor-bar.tsx'
import { EditorNotices } from './editor-notices.tsx'
import { Preview } from './preview.tsx'
import { type Undescribed, UndescribedPictures, useUndescribed } from './undescribed-pictures.tsx'
import { useBodyPictures } from './use-body-pictures.ts'
import { useDraft } from './use-draft.ts'

type EditorProps = { source: ArticleSource | null; onCreated: (id: string) => void }

/** Writing on one side and reading on the other; on a small screen one at a time. */
export function Editor({ source, onCreated }: EditorProps) {
  const { store, state } = useDraft(source, onCreated)
  const [shown, setShown] = useState('write')
  const wide = useWide()
  const page = useRef<HTMLDivElement>(null)
  const box = useRef<HTMLDivElement>(null)
  const [caret, setCaret] = useState<number>()
  const area = useRef<HTMLTextAreaElement>(null)
  const pictures = useBodyPictures(store, area)
  const undescribed = useUndescribed(state.content)
  const [describing, setDescribing] = useState<Undescribed>()
  const { refusal } = state
  useSaveKey(store)
  const [lastRefusal, setLastRefusal] = useState(refusal)
  if (refusal !== lastRefusal) {
    setLastRefusal(refusal)
    if (refusal) setShown('write')
  }
  useEffect(() => {
    if (refusal && shown === 'write') focusFirstWrong(page.current)
  }, [refusal, shown])
  const form = (
    <div className="flex min-w-0 flex-col gap-12">
      <ContentForm store={store} state={state} area={area} pictures={pictures} onCaret={setCaret}>
        <UndescribedPictures
          undescribed={undescribed}
          open={describing}
          onOpen={setDescribing}
          describe={pictures.describe}
        />
      </ContentForm>
      <ArticleSettings store={store} state={state} />
    </div>
  )
  return (
    <div ref={page}>
      <h1 className="sr-only">{source ? `Edit ${source.title || 'Untitled'}` : 'New article'}</h1>
      <EditorBar store={store} state={state} />
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
        {wide ? (
          <div className="grid grid-cols-2 gap-14">
            {form}
            <div
              ref={box}
              className="sticky top-24 max-h-[calc(100dvh-8rem)] overflow-y-auto border-l border-rule pl-14"
            >
              <Preview content={state.content} caret={caret} box={box} />
            </div>
          </div>
        ) : (
          <Tabs
            label="Write or preview"
            value={shown}
            onChange={setShown}
            panels={[
              {
                value: 'write',
                label: 'Write',
                content: form,
              },
              {
                value: 'preview',
                label: 'Preview',
                content: <Preview content={state.content} caret={caret} />,
              },
            ]}
          />
        )}
        <EditorNotices store={store} state={state}>
          {undescribed.length > 0 && shown === 'write' && (
            <Button variant="line" size="small" onClick={() => setDescribing(undescribed[0])}>
              Describe the picture
            </Button>
          )}
        </EditorNotices>
      </div>
    </div>
  )
}

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
