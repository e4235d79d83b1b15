import type { PresentPerson } from '@galley/contract/publishing/presence'
import { buttonClass } from '@galley/ui/button'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { isReadable, StatusBadge } from '../article-status.tsx'
import { ArticleStanding } from './article-standing.tsx'
import { ArticleSteps } from './article-steps.tsx'
import { type Asked, AskedDialog } from './asked-dialog.tsx'
import type { DraftState, DraftStore } from './draft-store.ts'
import { PresentPeople } from './presence/present-people.tsx'
import { ReviewPanel } from './review-panel.tsx'
import { SaveState } from './save-state.tsx'
import { usePublishing } from './use-publishing.ts'

type EditorBarProps = {
  store: DraftStore
  state: DraftState
  /** Who else has the article open. */
  people: readonly PresentPerson[]
}

/** Where the article stands, who else is at it, and what can be done with it. */
export function EditorBar({ store, state, people }: EditorBarProps) {
  const publishing = usePublishing(store)
  const [asked, setAsked] = useState<Asked>()
  const { article } = state
  const status = article?.status ?? 'draft'
  return (
    <>
      <div className="sticky top-0 z-20 border-b border-rule bg-paper">
        <div className="page flex min-h-16 flex-wrap items-center gap-x-4 gap-y-2 py-2.5">
          <div className="mr-auto flex items-center gap-3">
            <StatusBadge status={status} />
            <SaveState store={store} state={state} />
          </div>
          <div className="flex flex-wrap items-center gap-2">
            {article && isReadable(status) && (
              <Link
                to="/articles/$slug"
                params={{ slug: article.slug }}
                className={buttonClass('quiet', 'small')}
              >
                Read it
              </Link>
            )}
            <ArticleSteps state={state} publishing={publishing} onAsk={(what) => setAsked(what)} />
          </div>
        </div>
        <PresentPeople people={people} />
      </div>
      {article && <ArticleStanding article={article} />}
      {article && <ReviewPanel article={article} />}
      {asked && article && (
        <AskedDialog
          asked={asked}
          article={article}
          store={store}
          publishing={publishing}
          onClose={() => setAsked(undefined)}
        />
      )}
    </>
  )
}
