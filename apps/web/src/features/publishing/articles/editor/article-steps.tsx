import type { ArticleSource } from '@galley/contract/publishing/articles'
import { Button } from '@galley/ui/button'
import { Trash2 } from 'lucide-react'
import { isReadable } from '../article-status.tsx'
import type { Asked } from './asked-dialog.tsx'
import type { DraftState } from './draft-store.ts'
import type { Publishing } from './use-publishing.ts'

type ArticleStepsProps = {
  state: DraftState
  publishing: Publishing
  /** For what is asked about first. */
  onAsk: (what: Asked) => void
}

type Step = { text: string; act: () => void }

/** What can be done with the article next; the likeliest last and strongest. */
export function ArticleSteps({ state, publishing, onAsk }: ArticleStepsProps) {
  const { article, phase } = state
  const blocked = publishing.busy || phase === 'conflict'
  const { main, others } = stepsFrom(article, publishing, onAsk)
  return (
    <>
      {article?.can.delete && (
        <Button
          variant="quiet"
          size="small"
          aria-label="Delete this article"
          onClick={() => onAsk('delete')}
        >
          <Trash2 aria-hidden="true" className="size-4" />
        </Button>
      )}
      {others.map(({ text, act }) => (
        <Button key={text} variant="line" size="small" busy={blocked} onClick={act}>
          {text}
        </Button>
      ))}
      {main && (
        <Button size="small" busy={blocked || phase === 'saving'} onClick={main.act}>
          {main.text}
        </Button>
      )}
    </>
  )
}

function stepsFrom(
  article: ArticleSource | null,
  publishing: Publishing,
  onAsk: ArticleStepsProps['onAsk'],
): { main: Step | null; others: Step[] } {
  const publish = { text: 'Publish', act: () => void publishing.publish() }
  // Nothing is known of an article that is not saved yet; the server says so where it may not be published.
  if (!article) return { main: publish, others: [] }
  const { can, status, schedule } = article
  const step = (isAllowed: boolean, text: string, act: Asked | (() => Promise<unknown>)) =>
    isAllowed ? [{ text, act: typeof act === 'string' ? () => onAsk(act) : () => void act() }] : []
  const others = [
    ...step(can.withdrawReview, 'Take it back', publishing.withdrawReview),
    ...step(can.decideReview, 'Send back…', 'send-back'),
    ...step(can.decideReview, 'Approve for a time…', 'approve-at'),
    ...step(can.requestReview && can.publish, 'Ask for a review…', 'request-review'),
    ...step(can.unschedule, 'Take back the time', publishing.unschedule),
    ...step(can.schedulePublish, schedule ? 'Other time…' : 'Schedule…', 'publish-at'),
    ...step(can.scheduleUnpublish, schedule ? 'Other time…' : 'Set an end…', 'unpublish-at'),
    ...step(can.archive, 'Archive', 'archive'),
    ...step(can.unpublish, 'Unpublish', 'unpublish'),
    ...step(can.unarchive, 'Publish again', publishing.unarchive),
  ]
  const main = [
    ...step(can.decideReview, 'Approve', () => publishing.approve()),
    ...step(can.publish, status === 'scheduled' ? 'Publish now' : 'Publish', publishing.publish),
    // Where the site wants one, this is how a draft comes out.
    ...step(can.requestReview, 'Ask for a review…', 'request-review'),
    ...step(can.edit && isReadable(status), 'Update', publishing.update),
  ]
  return { main: main[0] ?? null, others }
}
