import type { ArticleSource } from '@galley/contract/articles'
import { Tabs } from '@galley/ui/tabs'
import { useState } from 'react'
import { ConflictNotice } from './conflict-notice.tsx'
import { ContentForm } from './content-form.tsx'
import { EditorBar } from './editor-bar.tsx'
import { LeaveGuard } from './leave-guard.tsx'
import { Preview } from './preview.tsx'
import { SaveFailure } from './save-failure.tsx'
import { useDraft } from './use-draft.ts'
import { useSaveKey } from './use-save-key.ts'
import { useWide } from './use-wide.ts'

type EditorProps = { source: ArticleSource | null; onCreated: (id: string) => void }

/** Writing on one side and reading on the other; on a small screen one at a time. */
export function Editor({ source, onCreated }: EditorProps) {
  const { store, state } = useDraft(source, onCreated)
  const [shown, setShown] = useState('write')
  const wide = useWide()
  useSaveKey(store)
  return (
    <div>
      <h1 className="sr-only">{source ? `Edit ${source.title || 'Untitled'}` : 'New article'}</h1>
      <EditorBar store={store} state={state} />
      <LeaveGuard store={store} />
      <div className="page flex flex-col gap-6 py-8">
        <ConflictNotice store={store} state={state} />
        <SaveFailure store={store} state={state} />
        {wide ? (
          <div className="grid grid-cols-2 gap-14">
            <ContentForm store={store} state={state} />
            <div className="sticky top-24 max-h-[calc(100dvh-8rem)] overflow-y-auto border-l border-rule pl-14">
              <Preview content={state.content} />
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
                content: <ContentForm store={store} state={state} />,
              },
              {
                value: 'preview',
                label: 'Preview',
                content: <Preview content={state.content} />,
              },
            ]}
          />
        )}
      </div>
    </div>
  )
}
