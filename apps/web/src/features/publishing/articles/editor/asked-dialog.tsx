import type { ArticleSource } from '@galley/contract/publishing/articles'
import { ConfirmDialog } from '@galley/ui/alert-dialog'
import { useNavigate } from '@tanstack/react-router'
import { DeleteArticle } from '../delete-article.tsx'
import { ScheduleDialog } from '../schedule/schedule-dialog.tsx'
import type { DraftStore } from './draft-store.ts'
import { RequestReviewDialog, SendBackDialog } from './review-dialogs.tsx'
import type { Publishing } from './use-publishing.ts'

/** What is asked about before it is done. */
export type Asked =
  | 'delete'
  | 'unpublish'
  | 'archive'
  | 'publish-at'
  | 'unpublish-at'
  | 'approve-at'
  | 'request-review'
  | 'send-back'

type AskedDialogProps = {
  asked: Asked
  article: ArticleSource
  store: DraftStore
  publishing: Publishing
  onClose: () => void
}

/** The question of one step. */
export function AskedDialog({ asked, article, store, publishing, onClose }: AskedDialogProps) {
  const navigate = useNavigate()
  const closing = (act: () => Promise<unknown>) => () => {
    onClose()
    void act()
  }
  switch (asked) {
    case 'delete':
      return (
        <DeleteArticle
          article={article}
          onClose={onClose}
          onDeleted={() => {
            store.discard()
            void navigate({ to: '/me/articles' })
          }}
        />
      )
    case 'unpublish':
      return (
        <ConfirmDialog
          title="Unpublish this article?"
          description="Readers can no longer open it. Its comments and favourites are kept, and come back when you publish it again."
          cancel="Keep it published"
          confirm="Unpublish"
          onCancel={onClose}
          onConfirm={closing(publishing.unpublish)}
        />
      )
    case 'archive':
      return (
        <ConfirmDialog
          title="Archive this article?"
          description="Readers can still open it at its address, with a note that it is archived. It is in no list and in no search, and takes no new comments."
          cancel="Keep it listed"
          confirm="Archive"
          onCancel={onClose}
          onConfirm={closing(publishing.archive)}
        />
      )
    case 'request-review':
      return (
        <RequestReviewDialog
          onClose={onClose}
          onChosen={(note) => publishing.requestReview(note)}
        />
      )
    case 'send-back':
      return <SendBackDialog onClose={onClose} onChosen={(reason) => publishing.sendBack(reason)} />
    default:
      return (
        <ScheduleDialog
          action={asked === 'unpublish-at' ? 'unpublish' : 'publish'}
          current={article.schedule}
          busy={publishing.busy}
          onClose={onClose}
          onChosen={(time) => {
            onClose()
            if (asked === 'approve-at') void publishing.approve(time)
            else void publishing.schedule(asked === 'publish-at' ? 'publish' : 'unpublish', time)
          }}
        />
      )
  }
}
