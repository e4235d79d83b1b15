import type { ArticleStatus, MyArticle } from '@galley/contract/publishing/articles'
import { Badge } from '@galley/ui/badge'
import { formatWall } from './schedule/wall-time.ts'

const statusWords: Record<ArticleStatus, string> = {
  draft: 'Draft',
  in_review: 'In review',
  scheduled: 'Scheduled',
  published: 'Published',
  archived: 'Archived',
}

const tones = {
  draft: 'plain',
  in_review: 'warn',
  scheduled: 'warn',
  published: 'good',
  archived: 'plain',
} as const

/** Where an article stands, in a word. */
export const StatusBadge = ({ status }: { status: ArticleStatus }) => (
  <Badge tone={tones[status]}>{statusWords[status]}</Badge>
)

/** Whether everybody may open it. */
export const isReadable = (status: ArticleStatus) => status === 'published' || status === 'archived'

/** When it will be published, or unpublished, by the clock by which that was chosen. */
export function ScheduleWords({ schedule }: Pick<MyArticle, 'schedule'>) {
  if (!schedule) return null
  const { action, at, zone } = schedule
  return (
    <span>
      {action === 'publish' ? 'Will be published' : 'Will be unpublished'} on{' '}
      <time dateTime={at} title={zone}>
        {formatWall(new Date(at), zone)}
      </time>{' '}
      ({zone.replaceAll('_', ' ')})
    </span>
  )
}
