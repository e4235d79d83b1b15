import { ConfirmDialog } from '@galley/ui/alert-dialog'
import { Badge } from '@galley/ui/badge'
import { Button, buttonClass } from '@galley/ui/button'
import { Link, useNavigate } from '@tanstack/react-router'
import { Trash2 } from 'lucide-react'
import { useState } from 'react'
import { DeleteArticle } from '../delete-article.tsx'
import type { DraftState, DraftStore } from './draft-store.ts'
import { SaveState } from './save-state.tsx'
import { usePublishing } from './use-publishing.ts'

/** Where the article stands, and what can be done with it. */
export function EditorBar({ store, state }: { store: DraftStore; state: DraftState }) {
  const navigate = useNavigate()
  const publishing = usePublishing(store)
  const [asking, setAsking] = useState<'delete' | 'unpublish'>()
  const close = () => setAsking(undefined)
  const { article } = state
  const published = article?.status === 'published'
  const blocked = state.phase === 'conflict'
  return (
    <div className="sticky top-0 z-20 border-b border-rule bg-paper">
      <div className="page flex min-h-16 flex-wrap items-center gap-x-4 gap-y-2 py-2.5">
        <div className="mr-auto flex items-center gap-3">
          {published ? <Badge tone="good">Published</Badge> : <Badge>Draft</Badge>}
          <SaveState store={store} state={state} />
        </div>
        <div className="flex flex-wrap items-center gap-2">
          {article?.can.delete && (
            <Button
              variant="quiet"
              size="small"
              aria-label="Delete this article"
              onClick={() => setAsking('delete')}
            >
              <Trash2 aria-hidden="true" className="size-4" />
            </Button>
          )}
          {article && published && (
            <>
              <Link
                to="/articles/$slug"
                params={{ slug: article.slug }}
                className={buttonClass('quiet', 'small')}
              >
                Read it
              </Link>
              <Button
                variant="line"
                size="small"
                busy={publishing.busy || blocked}
                onClick={() => setAsking('unpublish')}
              >
                Unpublish
              </Button>
            </>
          )}
          <Button
            size="small"
            busy={publishing.busy || state.phase === 'saving' || blocked}
            onClick={() => void (published ? publishing.update() : publishing.publish())}
          >
            {published ? 'Update' : 'Publish'}
          </Button>
        </div>
      </div>
      {asking === 'unpublish' && (
        <ConfirmDialog
          title="Unpublish this article?"
          description="Readers can no longer open it. Its comments and favourites are kept, and come back when you publish it again."
          cancel="Keep it published"
          confirm="Unpublish"
          onCancel={close}
          onConfirm={() => {
            close()
            void publishing.unpublish()
          }}
        />
      )}
      {asking === 'delete' && article && (
        <DeleteArticle
          article={article}
          onClose={close}
          onDeleted={() => {
            store.discard()
            void navigate({ to: '/me/articles' })
          }}
        />
      )}
    </div>
  )
}
