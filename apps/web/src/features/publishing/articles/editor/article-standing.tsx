import type { ArticleSource } from '@galley/contract/publishing/articles'
import { Notice } from '@galley/ui/notice'
import { Moment } from '../../../platform/layout/time.tsx'
import { ScheduleWords } from '../article-status.tsx'

const titles = {
  sent_back: 'An editor sent the article back',
  missed: 'The article could not be published at its time',
} as const

/** What an author must know of where the article stands: its time, and why it came back. */
export function ArticleStanding({ article: { schedule, notice } }: { article: ArticleSource }) {
  if (!schedule && !notice) return null
  return (
    <div className="page flex flex-col gap-3 pt-4">
      {schedule && (
        <p className="text-sm">
          <ScheduleWords schedule={schedule} />.
        </p>
      )}
      {notice && (
        <Notice tone="warn" title={titles[notice.kind]}>
          <p dir="auto" className="wrap-anywhere whitespace-pre-line">
            {notice.reason}
          </p>
          <p className="text-xs">
            <Moment timestamp={notice.at} />
          </p>
        </Notice>
      )}
    </div>
  )
}
