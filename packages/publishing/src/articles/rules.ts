import type { Ctx } from '../ctx.ts'
import type { ArticleRules } from './policy.ts'

const DAY_MS = 24 * 60 * 60 * 1000

/** What the settings of the site say of articles now. */
export function rulesOf({ settings, now }: Pick<Ctx, 'settings' | 'now'>): ArticleRules {
  const { reviewRequired, commentDays } = settings.current.settings
  const openSince = commentDays === null ? null : new Date(now().getTime() - commentDays * DAY_MS)
  return { reviewRequired, openSince }
}
